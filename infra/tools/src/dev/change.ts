/** A saved file that the running server has not loaded yet. */
export type Change =
  /**
   * A source file, which is compiled to `dist/`. `folder` is the package's folder, relative to the root. `file` is relative to `folder`.
   */
  | { readonly kind: 'SOURCE'; readonly folder: string; readonly file: string }
  /** A file that the server reads when it starts. */
  | { readonly kind: 'DATA' };

const SOURCE = /^((?:gateway|subgraphs|clients|infra)(?:\/[^/]+)??)\/(src\/.+)$/;
const READ_AT_START = [
  /^supergraph\.yaml$/,
  /^subgraphs\/[^/]+\/schema\.graphql$/,
  /^subgraphs\/[^/]+\/migrations\/[^/]+\.sql$/,
  /^clients\/operations\/(manifest|rest-routes)\.json$/,
];
/** Files that have no effect: tests are not built, and editors keep their own copies beside a file. */
const IGNORED = /(\.test\.ts|~|\.sw[a-z]|\.tmp)$|(^|\/)\.[^/]+$/;

/**
 * The effect of a saved file on the server. Null for a file that the server does not read.
 * @param path the path from the root of the repository, with slashes
 */
export function changeOf(path: string): Change | null {
  if (IGNORED.test(path)) return null;
  const [, folder, file] = SOURCE.exec(path) ?? [];
  if (folder !== undefined && file !== undefined) return { kind: 'SOURCE', folder, file };
  return READ_AT_START.some((pattern) => pattern.test(path)) ? { kind: 'DATA' } : null;
}
