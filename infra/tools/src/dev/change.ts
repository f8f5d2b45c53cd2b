/** A saved file that the running server does not have yet. */
export type Change =
  /** Built to `dist/`. `folder` is the package's, from the root; `file` is from there. */
  | { readonly kind: 'SOURCE'; readonly folder: string; readonly file: string }
  /** Read by the server when it starts. */
  | { readonly kind: 'DATA' };

const SOURCE = /^((?:gateway|subgraphs|clients|infra)(?:\/[^/]+)??)\/(src\/.+)$/;
const READ_AT_START = [
  /^supergraph\.yaml$/,
  /^subgraphs\/[^/]+\/schema\.graphql$/,
  /^subgraphs\/[^/]+\/migrations\/[^/]+\.sql$/,
  /^clients\/operations\/(manifest|rest-routes)\.json$/,
];
/** Tests are not built, and editors keep copies of their own beside a file. */
const IGNORED = /(\.test\.ts|~|\.sw[a-z]|\.tmp)$|(^|\/)\.[^/]+$/;

/**
 * The meaning of a saved file for the server; null for a file that the server does not read.
 * @param path from the root of the repository, with slashes
 */
export function changeOf(path: string): Change | null {
  if (IGNORED.test(path)) return null;
  const [, folder, file] = SOURCE.exec(path) ?? [];
  if (folder !== undefined && file !== undefined) return { kind: 'SOURCE', folder, file };
  return READ_AT_START.some((pattern) => pattern.test(path)) ? { kind: 'DATA' } : null;
}
