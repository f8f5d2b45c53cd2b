/** Builds all packages and returns the number of files. */
export function build(root: string): Promise<number>;
/**
 * Builds one file of a package again. Deletes the output when the source does not exist.
 * @param folder the package's folder, relative to the root: `subgraphs/orders`
 * @param file path in the package's folder: `src/order/order.ts`
 * @throws Error with the source position of a syntax error
 */
export function buildFile(root: string, folder: string, file: string): Promise<void>;
