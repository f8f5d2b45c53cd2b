/** A saved file that the running server has not loaded yet. */
export type Change =
  /**
   * A source file to compile to `dist/`. `folder` is the package's folder, relative to the root. `file` is relative to
   * `folder`.
   */
  | { readonly kind: 'SOURCE'; readonly folder: string; readonly file: string }
  /** A file that the server reads only at its start. */
  | { readonly kind: 'DATA' };

const SOURCE = /^((?:gateway|subgraphs|clients|infra)(?:\/[^/]+)??)\/(src\/.+)$/;
const READ_AT_START = [
  /^supergraph\.yaml$/,
  /^subgraphs\/[^/]+\/schema\.graphql$/,
  /^subgraphs\/[^/]+\/migrations\/[^/]+\.sql$/,
  /^clients\/operations\/(manifest|rest-routes)\.json$/,
];
/** Files to ignore: tests, which are not built, and backup copies of editors. */
const IGNORED = /(\.test\.ts|~|\.sw[a-z]|\.tmp)$|(^|\/)\.[^/]+$/;

/**
 * Classifies a saved file by its effect on the server. Null when the server does not read the file.
 * @param path relative to the repository root, with slashes
 */
export function changeOf(path: string): Change | null {
  if (IGNORED.test(path)) return null;
  const [, folder, file] = SOURCE.exec(path) ?? [];
  if (folder !== undefined && file !== undefined) return { kind: 'SOURCE', folder, file };
  return READ_AT_START.some((pattern) => pattern.test(path)) ? { kind: 'DATA' } : null;
}
