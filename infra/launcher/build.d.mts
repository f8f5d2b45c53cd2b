/** Builds all packages. @param root of the repository. @returns how many files it wrote. @throws for a source that does not parse. */
export function build(root: string): Promise<number>;
