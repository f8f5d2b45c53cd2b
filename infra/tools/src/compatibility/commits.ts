import { spawnSync } from 'node:child_process';

/** An earlier commit, whose code a test runs on the current tables. */
export interface EarlierCommit {
  readonly commit: string;
  readonly why: string;
}

/** Runs git with these arguments. @returns the output, or null when git fails, for instance outside of a repository */
export type Git = (...args: readonly string[]) => string | null;

const MIGRATIONS = 'subgraphs/*/migrations/*.sql';

export function gitOf(root: string): Git {
  return (...args) => {
    const { status, stdout } = spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  };
}

/**
 * The commits whose code must run on the current tables: the previous commit, and the commit before the newest
 * migration. Returns one entry when both are the same commit. Without a history, returns an empty list. Uncommitted
 * changes are treated as the newest commit, so the previous commit is then HEAD. Only the main line is searched,
 * because commits of merged branches were never deployed.
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
