import { spawnSync } from 'node:child_process';

/** A commit whose code is to run on the tables of the present one. */
export interface EarlierCommit {
  /** Abbreviated. */
  readonly commit: string;
  readonly why: string;
}

/** What git prints for these arguments, or null where it fails: no repository, no such commit. */
export type Git = (...args: readonly string[]) => string | null;

const MIGRATIONS = 'subgraphs/*/migrations/*.sql';

export function gitOf(root: string): Git {
  return (...args) => {
    const { status, stdout } = spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  };
}

/**
 * The previous commit, and the one before the newest migration where that is another: none where the history is not there. What is
 * changed and not committed yet counts as a commit.
 */
export function earlierCommits(git: Git): readonly EarlierCommit[] {
  if (git('rev-parse', '--show-prefix') !== '') return []; // no repository, or a folder of somebody else's
  const isChanged = (...paths: readonly string[]) =>
    Boolean(git('status', '--porcelain', '--untracked-files=no', '--', ...paths));
  const previous = isChanged('gateway', 'subgraphs', 'clients', 'infra') ? 'HEAD' : 'HEAD^';
  const newest = isChanged(MIGRATIONS) ? null : git('log', '-1', '--format=%H', '--', MIGRATIONS);
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
