import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureBuilt } from '@souk/launcher/bootstrap';
import type { StartReport } from '@souk/deployment/start';
import { startCluster, type Cluster } from '../cluster/cluster.ts';
import { missingEngines } from '../cluster/engines.ts';
import { readClusterEnvironment } from '../cluster/environment.ts';
import { drill, START_WITHIN_MS } from './drill.ts';
import { FAULTS } from './faults.ts';
import { openGround, type OpenGround } from './ground.ts';
import { LOSSES, problemsAfter } from './losses.ts';
import type { Recovery } from './recovery.ts';
import { smallDisk, STREAM_BYTES, type SmallDisk } from './small-disk.ts';
import { recoveryTable } from './report.ts';

const QUIET: StartReport & { say(text: string): void } = {
  say: () => undefined,
  step: async (_label, work) => work(),
};
/** The kinds that run as a single process in this cluster, and whose loss clients therefore notice. Other kinds run as two processes. */
const ALONE: readonly string[] = ['catalog', 'accounts'];
/** Timeout for a busy machine, in ms. */
const A_LONG_TIME = 480_000;

const { path } = readClusterEnvironment();
const missing = missingEngines(path);
const suite = missing.length === 0 ? describe : describe.skip;

suite(`the drills${missing.length === 0 ? '' : ` (apt-get install ${missing.join(' ')})`}`, () => {
  let cluster: Cluster;
  let ground: OpenGround;
  let dataDir: string;
  let disk: SmallDisk;
  const recoveries = new Map<string, Recovery>();
  let troubled = false;

  beforeAll(async () => {
    await ensureBuilt(QUIET);
    dataDir = mkdtempSync(join(tmpdir(), 'souk-drills-'));
    disk = smallDisk(join(dataDir, 'nats'));
    cluster = await startCluster({
      host: '127.0.0.1',
      port: 0,
      logLevel: 'info',
      drainMs: 500,
      startWithinMs: START_WITHIN_MS,
      dataDir,
      path,
      copiesOf: (kind) => (ALONE.includes(kind) ? 1 : 2),
      steps: QUIET,
      streams: { maxBytes: STREAM_BYTES },
      natsConfiguration: disk.configuration,
      // High rate limits, because all buyers share one IP address. Other tests cover rate limits.
      gatewayVariables: { SOUK_ADDRESS_RATE: '1000000', SOUK_PLAN_RATES: 'ENTERPRISE=1000000' },
    });
    ground = await openGround(cluster, disk);
  }, A_LONG_TIME);

  afterAll(async () => {
    process.stdout.write(`\n${recoveryTable(recoveries)}\n`);
    await ground.close();
    await cluster.stop();
    disk.remove();
    // The logs are kept only when a drill has failed.
    if (troubled) {
      cpSync(join(dataDir, 'logs'), `${dataDir}.logs`, { recursive: true });
      process.stdout.write(`The logs of the processes are in ${dataDir}.logs\n`);
    }
    rmSync(dataDir, { recursive: true });
  }, A_LONG_TIME);

  test.each(Object.entries(FAULTS))(
    '%s: no order is lost or doubled, the books balance, no subscriber misses a status',
    async (name, fault) => {
      const wasTroubled = troubled;
      troubled = true; // reset at the end of a successful drill
      const { recovery, problems } = await drill(ground, fault);
      recoveries.set(name, recovery);
      expect(problems).toEqual([]);
      troubled = wasTroubled;
    },
    A_LONG_TIME,
  );

  test.each(Object.entries(LOSSES))(
    '%s: subscriptions begin again, ended sessions stay ended, every order gets its customer, and nothing is restarted',
    async (_name, loss) => {
      const wasTroubled = troubled;
      troubled = true; // reset at the end of a successful drill
      expect(await problemsAfter(ground, loss)).toEqual([]);
      troubled = wasTroubled;
    },
    A_LONG_TIME,
  );
});
