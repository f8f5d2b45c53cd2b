/** Builds all packages and gives the number of files. */
export function build(root: string): Promise<number>;
/**
 * Builds one file of a package again; without the source, removes what it was built to.
 * @param folder of the package, from the root: `subgraphs/orders`
 * @param file from the package's folder: `src/order/order.ts`
 * @throws Error with the place in the source, when it does not parse
 */
export function buildFile(root: string, folder: string, file: string): Promise<void>;
