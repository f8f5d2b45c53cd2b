/** Builds all packages and returns the number of files. */
export function build(root: string): Promise<number>;
/**
 * Builds one file of a package again. If the source is missing, removes its output.
 * @param folder the package's folder, from the root: `subgraphs/orders`
 * @param file path in the package's folder: `src/order/order.ts`
 * @throws Error with the place in the source, when it does not parse
 */
export function buildFile(root: string, folder: string, file: string): Promise<void>;
