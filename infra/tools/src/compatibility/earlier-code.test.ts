import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { checkOut, type EarlierTree } from './earlier-tree.ts';
import { earlierCommits, gitOf, type Git } from './commits.ts';
import { startSoukOf, tourOf } from './souk-process.ts';

const QUIET = {
  say: () => undefined,
  step: async <Value>(_label: string, work: () => Value | Promise<Value>) => work(),
};
/** A build, three starts, and three walks, on a busy machine. */
const A_LONG_TIME = 300_000;

const commits = earlierCommits(gitOf(ROOT));
if (commits.length === 0) {
  process.stdout.write('This checkout has no history: there is no earlier code to run on the present tables.\n');
}

for (const { commit, why } of commits) {
  test(
    `the code of ${why} (${commit}) serves on tables that the present code has migrated, and the other way round on its orders`,
    async () => {
      await ensureBuilt(QUIET);
      const dataDir = mkdtempSync(join(tmpdir(), 'souk-previous-'));
      let earlier: EarlierTree | undefined;
      try {
        earlier = await checkOut(ROOT, commit);
        for (const root of [ROOT, earlier.root, ROOT]) await serveAndWalk(root, dataDir);
      } finally {
        earlier?.remove();
        rmSync(dataDir, { recursive: true });
      }
    },
    A_LONG_TIME,
  );
}

/** Starts, which migrates; buys, sends and delivers an order; and stops. */
async function serveAndWalk(root: string, dataDir: string): Promise<void> {
  const souk = await startSoukOf(root, dataDir, process.env['PATH'] ?? '');
  try {
    await tourOf(root, souk.url);
  } finally {
    await souk.stop();
  }
}

test('earlier code is that of the previous commit and of the one before the newest migration', () => {
  expect(earlierCommits(history({ 'HEAD^': 'b', 'm^': 'c' }))).toEqual([
    { commit: 'b', why: 'the previous commit' },
    { commit: 'c', why: 'the commit before the newest migration' },
  ]);
  expect(earlierCommits(history({ 'HEAD^': 'b', 'm^': 'b' }))).toHaveLength(1);
});

test('what is not committed yet is compared with the newest commit', () => {
  const commit = { HEAD: 'a', 'HEAD^': 'b' };
  expect(earlierCommits(history(commit, ['gateway']))).toEqual([{ commit: 'a', why: 'the previous commit' }]);
});

test('a checkout without history, without git, or inside of another repository has no earlier code', () => {
  expect(earlierCommits(history({ HEAD: 'a' }))).toEqual([]);
  expect(earlierCommits(() => null)).toEqual([]);
  expect(earlierCommits((...args) => (args.includes('--show-prefix') ? 'vendor/souk/' : 'b'))).toEqual([]);
});

/** A repository whose newest migration came with commit `m`. @param changed folders with changes that are not committed. */
function history(commits: Readonly<Record<string, string>>, changed: readonly string[] = []): Git {
  return (command, ...args) => {
    if (command === 'status') return args.some((each) => changed.includes(each)) ? ' M file' : '';
    if (command === 'log') return 'm';
    if (args.includes('--show-prefix')) return '';
    return commits[(args.at(-1) ?? '').replace('^{commit}', '')] ?? null;
  };
}
