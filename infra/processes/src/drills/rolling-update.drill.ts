import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { checkOut, earlierCommits, gitOf } from '@souk/tools/compatibility';
import type { StartReport } from '@souk/deployment/start';
import { startCluster, type ClusterOptions } from '../cluster/cluster.ts';
import { missingEngines } from '../cluster/engines.ts';
import { readClusterEnvironment } from '../cluster/environment.ts';
import { rollingRestart, type Replacement } from '../cluster/rolling-restart.ts';
import { drill } from './drill.ts';
import { openGround, type OpenGround } from './ground.ts';
import type { LoadLog } from './load/load-log.ts';
import { startReader } from './load/readers.ts';
import type { Recovery } from './recovery.ts';
import { recoveryTable } from './report.ts';

const QUIET: StartReport & { say(text: string): void } = {
  say: () => undefined,
  step: async (_label, work) => work(),
};
/** A timeout that suffices on a busy machine, in ms. */
const A_LONG_TIME = 480_000;
const DRAIN_MS = 2000;
/**
 * How soon a process must end after its drain, in ms. Only running requests, one event for each consumer, and its sockets are left then.
 */
const END_WITHIN_MS = 5000;

const { path } = readClusterEnvironment();
const missing = missingEngines(path);
const suite = missing.length === 0 ? describe : describe.skip;
const [previous] = earlierCommits(gitOf(ROOT));
if (!previous) {
  process.stdout.write(
    'This checkout has no Git history, so the test with an earlier version is skipped. Fetch the history to run it.\n',
  );
}

suite(`a rolling update${missing.length === 0 ? '' : ` (apt-get install ${missing.join(' ')})`}`, () => {
  test(
    'every process is replaced under load: no request fails, no order is lost or doubled, no subscriber misses a status',
    () =>
      onCluster({ drainMs: DRAIN_MS }, async (ground) => {
        const { cluster, shop } = ground;
        const reader = startReader(cluster.url, shop);
        let replaced: readonly Replacement[] = [];
        let partialAnswers = 0;
        const { recovery, problems } = await drill(ground, async (_, { load }) => {
          replaced = await rollingRestart(cluster.members);
          partialAnswers = load.log.partialAnswers;
        });
        await reader.stop();
        print('every process replaced', recovery);
        printTimes(reader.log, replaced);
        expect([...recovery.reasons, ...reader.log.failures]).toEqual([]);
        expect(partialAnswers + reader.log.partialAnswers).toBe(0);
        expect(problems).toEqual([]);
        expect(replaced.map(({ exitCode }) => exitCode)).toEqual(cluster.members.map(() => 0));
        expect(Math.max(...replaced.map(({ stopMs }) => stopMs))).toBeLessThan(DRAIN_MS + END_WITHIN_MS);
      }),
    A_LONG_TIME,
  );

  if (previous) {
    const { commit, why } = previous;
    test(
      `one process of each kind runs the code of ${why} (${commit}): no request fails, the books balance, no subscriber misses a status`,
      async () => {
        const earlier = await checkOut(ROOT, commit);
        try {
          await onCluster({ rootOf: (place) => (place === 0 ? earlier.root : ROOT) }, async (ground) => {
            const { recovery, problems } = await drill(ground, (_, { lasting }) => lasting(5000, 200));
            print('two versions side by side', recovery);
            expect([...recovery.reasons, ...problems]).toEqual([]);
          });
        } finally {
          earlier.remove();
        }
      },
      A_LONG_TIME,
    );
  }
});

/** Runs `work` on a cluster with two processes of each kind. */
async function onCluster(options: Partial<ClusterOptions>, work: (ground: OpenGround) => Promise<void>): Promise<void> {
  await ensureBuilt(QUIET);
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-rolling-'));
  const cluster = await startCluster({
    host: '127.0.0.1',
    port: 0,
    logLevel: 'info',
    drainMs: 500,
    dataDir,
    path,
    steps: QUIET,
    // The rate limits are high, because all buyers share one address. Other tests cover rate limits.
    gatewayVariables: { SOUK_ADDRESS_RATE: '1000000', SOUK_PLAN_RATES: 'ENTERPRISE=1000000' },
    ...options,
  });
  try {
    const ground = await openGround(cluster);
    try {
      await work(ground);
    } catch (error) {
      cpSync(join(dataDir, 'logs'), `${dataDir}.logs`, { recursive: true });
      process.stdout.write(`The logs of the processes are in ${dataDir}.logs\n`);
      throw error;
    } finally {
      await ground.close();
    }
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true });
  }
}

function print(name: string, recovery: Recovery): void {
  process.stdout.write(`\n${recoveryTable(new Map([[name, recovery]]))}\n`);
}

function printTimes({ requests }: LoadLog, replaced: readonly Replacement[]): void {
  const longest = (name: 'stopMs' | 'startMs') => Math.round(Math.max(...replaced.map((each) => each[name])));
  process.stdout.write(
    `${requests} lists were read meanwhile. Of ${replaced.length} processes, the slowest stop took ${longest('stopMs')} ms, ` +
      `including a drain of ${DRAIN_MS} ms; the slowest start took ${longest('startMs')} ms.\n`,
  );
}
