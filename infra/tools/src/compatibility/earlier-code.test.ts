import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { checkOut } from './earlier-tree.ts';
import { earlierCommits, gitOf, type Git } from './commits.ts';
import { startSoukOf, tourOf } from './souk-process.ts';

const QUIET = {
  say: () => undefined,
  step: async <Value>(_label: string, work: () => Value | Promise<Value>) => work(),
};
/** The time for a build, three starts and three tours on a busy machine, in milliseconds. */
const TIMEOUT_MS = 300_000;

const commits = earlierCommits(gitOf(ROOT));
if (commits.length === 0) {
  process.stdout.write('This checkout has no git history, so no earlier code is tested on the present tables.\n');
}

describe('on tables that the present code has migrated', () => {
  let dataDir: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'souk-compatibility-'));
    if (commits.length === 0) return;
    await ensureBuilt(QUIET);
    await serveAndTour(ROOT, dataDir);
  }, TIMEOUT_MS);
  afterAll(() => rmSync(dataDir, { recursive: true }));

  for (const { commit, why } of commits) {
    test(
      `the code of ${why} (${commit}) serves, and the present code serves its orders`,
      async () => {
        const earlier = await checkOut(ROOT, commit);
        try {
          for (const root of [earlier.root, ROOT]) await serveAndTour(root, dataDir);
        } finally {
          earlier.remove();
        }
      },
      TIMEOUT_MS,
    );
  }
});

/** Starts Souk, which migrates the tables, runs the tour, and stops Souk. */
async function serveAndTour(root: string, dataDir: string): Promise<void> {
  const souk = await startSoukOf(root, dataDir, process.env['PATH'] ?? '');
  try {
    await tourOf(root, souk.url);
  } finally {
    await souk.stop();
  }
}

test('earlier code is the code of the previous commit and of the commit before the newest migration', () => {
  expect(earlierCommits(history({ 'HEAD^': 'b', 'm^': 'c' }))).toEqual([
    { commit: 'b', why: 'the previous commit' },
    { commit: 'c', why: 'the commit before the newest migration' },
  ]);
  expect(earlierCommits(history({ 'HEAD^': 'b', 'm^': 'b' }))).toHaveLength(1);
});

test('uncommitted changes are compared with the newest commit', () => {
  const commit = { HEAD: 'a', 'HEAD^': 'b' };
  expect(earlierCommits(history(commit, ['gateway']))).toEqual([{ commit: 'a', why: 'the previous commit' }]);
});

test('a checkout without history, without git, or within another repository has no earlier code', () => {
  expect(earlierCommits(history({ HEAD: 'a' }))).toEqual([]);
  expect(earlierCommits(() => null)).toEqual([]);
  expect(earlierCommits((...args) => (args.includes('--show-prefix') ? 'vendor/souk/' : 'b'))).toEqual([]);
});

/**
 * A fake git history in which commit `m` added the newest migration.
 * @param changed folders with uncommitted changes
 */
function history(commits: Readonly<Record<string, string>>, changed: readonly string[] = []): Git {
  return (command, ...args) => {
    if (command === 'status') return args.some((each) => changed.includes(each)) ? ' M file' : '';
    if (command === 'log') return 'm';
    if (args.includes('--show-prefix')) return '';
    return commits[(args.at(-1) ?? '').replace('^{commit}', '')] ?? null;
  };
}
