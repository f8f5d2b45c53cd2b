import { spawnSync } from 'node:child_process';

/** An earlier commit. A test runs its code on the present tables. */
export interface EarlierCommit {
  /** Abbreviated hash. */
  readonly commit: string;
  readonly why: string;
}

/** Runs git with these arguments. @returns its output, or null when git fails because there is no repository or no such commit */
export type Git = (...args: readonly string[]) => string | null;

const MIGRATIONS = 'subgraphs/*/migrations/*.sql';

export function gitOf(root: string): Git {
  return (...args) => {
    const { status, stdout } = spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  };
}

/**
 * Returns the previous commit, and the commit before the newest migration when that is another commit. Uncommitted changes count as a
 * commit. Without history the list is empty. Commits of merged branches do not count: only the main line was ever deployed.
 */
export function earlierCommits(git: Git): readonly EarlierCommit[] {
  if (git('rev-parse', '--show-prefix') !== '') return []; // Not a repository, or a folder of another project's repository.
  const isChanged = (...paths: readonly string[]) =>
    Boolean(git('status', '--porcelain', '--untracked-files=no', '--', ...paths));
  const previous = isChanged('gateway', 'subgraphs', 'clients', 'infra') ? 'HEAD' : 'HEAD^';
  const newest = isChanged(MIGRATIONS)
    ? null
    : git('log', '-1', '--first-parent', '-m', '--format=%H', '--', MIGRATIONS);
  const wanted = [
    { revision: previous, why: 'the previous commit' },
    ...(newest ? [{ revision: `${newest}^`, why: 'the commit before the newest migration' }] : []),
  ];
  const found = new Map<string, EarlierCommit>();
  for (const { revision, why } of wanted) {
    const commit = git('rev-parse', '--verify', '--short', `${revision}^{commit}`);
    if (commit && !found.has(commit)) found.set(commit, { commit, why });
  }
  return [...found.values()];
}
