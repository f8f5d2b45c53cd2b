import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { checkOut, earlierCommits, gitOf } from '@souk/tools/compatibility';
import type { StartReport } from '@souk/deployment/start';
import { startCluster, type Cluster } from '../cluster/cluster.ts';
import { missingEngines } from '../cluster/engines.ts';
import { readClusterEnvironment } from '../cluster/environment.ts';
import { rollingRestart, type Replacement } from '../cluster/rolling-restart.ts';
import { drill, START_WITHIN_MS } from './drill.ts';
import { openGround, type OpenGround } from './ground.ts';
import type { LoadLog } from './load/load-log.ts';
import { startReader } from './load/readers.ts';
import type { Recovery } from './recovery.ts';
import { recoveryTable } from './report.ts';

const QUIET: StartReport & { say(text: string): void } = {
  say: () => undefined,
  step: async (_label, work) => work(),
};
/** Timeout for a busy machine, in ms. */
const A_LONG_TIME = 480_000;
const DRAIN_MS = 2000;
/**
 * How long a process may take to end after its drain, in ms. In this time it finishes running requests and one event per consumer, and
 * closes its sockets.
 */
const END_WITHIN_MS = 15_000;
/** A long timeout for responses. With the default, slow responses of a busy machine would count as failures. */
const PATIENT = { answerWithinMs: 20_000 };

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
  let isUpdating = false;
  let cluster: Cluster;
  let ground: OpenGround;
  let troubled = false;
  const cleanUps: (() => unknown)[] = [];

  beforeAll(async () => {
    await ensureBuilt(QUIET);
    const dataDir = mkdtempSync(join(tmpdir(), 'souk-rolling-'));
    cleanUps.push(() => rmSync(dataDir, { recursive: true }));
    const earlier = previous ? await checkOut(ROOT, previous.commit) : null;
    cleanUps.push(() => earlier?.remove());
    const rootOf = (place: number) => (earlier && place === 0 && !isUpdating ? earlier.root : ROOT);
    cluster = await startCluster({
      host: '127.0.0.1',
      port: 0,
      logLevel: 'info',
      drainMs: DRAIN_MS,
      startWithinMs: START_WITHIN_MS,
      dataDir,
      path,
      rootOf,
      steps: QUIET,
      // High rate limits, because all buyers share one IP address. Other tests cover rate limits.
      gatewayVariables: { SOUK_ADDRESS_RATE: '1000000', SOUK_PLAN_RATES: 'ENTERPRISE=1000000' },
    });
    cleanUps.push(
      () => troubled && keepLogs(dataDir),
      () => cluster.stop(),
    );
    ground = await openGround(cluster);
    cleanUps.push(() => ground.close());
  }, A_LONG_TIME);

  afterAll(async () => {
    for (const each of cleanUps.toReversed()) await each();
  }, A_LONG_TIME);

  if (previous) {
    const { commit, why } = previous;
    test(
      `one process of each kind runs the code of ${why} (${commit}): no request fails, the books balance, no subscriber misses a status`,
      async () => {
        const wasTroubled = troubled;
        troubled = true; // reset at the end of a successful drill
        const { recovery, log, problems } = await drill(ground, (_, { lasting }) => lasting(5000, 100), PATIENT);
        print('two versions side by side', recovery);
        expect([...recovery.reasons, ...problems]).toEqual([]);
        expect(incomplete(log)).toEqual(NOTHING);
        troubled = wasTroubled;
      },
      A_LONG_TIME,
    );
  }

  test(
    'every process is replaced under load by the present code: no request fails, no order is lost or doubled, no subscriber misses a status',
    async () => {
      const wasTroubled = troubled;
      troubled = true; // reset at the end of a successful drill
      const reader = startReader(cluster.url, ground.shop);
      let replaced: readonly Replacement[] = [];
      isUpdating = true;
      const update = async () => {
        replaced = await rollingRestart(cluster.members);
      };
      const { recovery, log, problems } = await drill(ground, update, PATIENT);
      await reader.stop();
      print('every process replaced', recovery);
      printTimes(reader.log, replaced);
      expect([...recovery.reasons, ...reader.log.failures]).toEqual([]);
      expect([incomplete(log), incomplete(reader.log)]).toEqual([NOTHING, NOTHING]);
      expect(problems).toEqual([]);
      expect(replaced.map(({ exitCode }) => exitCode)).toEqual(cluster.members.map(() => 0));
      expect(Math.max(...replaced.map(({ stopMs }) => stopMs))).toBeLessThan(DRAIN_MS + END_WITHIN_MS);
      troubled = wasTroubled;
    },
    A_LONG_TIME,
  );
});

function keepLogs(dataDir: string): void {
  cpSync(join(dataDir, 'logs'), `${dataDir}.logs`, { recursive: true });
  process.stdout.write(`The logs of the processes are in ${dataDir}.logs\n`);
}

const NOTHING = { partialAnswers: 0, hiddenWarehouses: 0 };

/** The numbers of responses with missing data. */
function incomplete({ partialAnswers, hiddenWarehouses }: LoadLog): typeof NOTHING {
  return { partialAnswers, hiddenWarehouses };
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
