import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ensureBuilt } from '@souk/all-in-one/bootstrap';
import type { StartReport } from '@souk/all-in-one/start';
import { startCluster, type Cluster } from '../cluster/cluster.ts';
import { readClusterEnvironment } from '../cluster/environment.ts';
import { drill, type Fault } from './drill.ts';
import { openGround, type OpenGround } from './ground.ts';
import type { Recovery } from './recovery.ts';
import { recoveryTable } from './report.ts';

const QUIET: StartReport & { say(text: string): void } = {
  say: () => undefined,
  step: async (_label, work) => work(),
};
/** On a busy machine. */
const A_LONG_TIME = 240_000;

let cluster: Cluster;
let ground: OpenGround;
let dataDir: string;
const recoveries = new Map<string, Recovery>();

beforeAll(async () => {
  await ensureBuilt(QUIET);
  dataDir = mkdtempSync(join(tmpdir(), 'souk-drills-'));
  const serving = { host: '127.0.0.1', port: 0, logLevel: 'info', drainMs: 500 };
  cluster = await startCluster({
    ...serving,
    dataDir,
    path: readClusterEnvironment().path,
    steps: QUIET,
    // One address buys for everybody, and its rates are looked at elsewhere.
    gatewayVariables: { SOUK_ADDRESS_RATE: '1000000', SOUK_PLAN_RATES: 'ENTERPRISE=1000000' },
  });
  ground = await openGround(cluster);
}, A_LONG_TIME);

afterAll(async () => {
  process.stdout.write(`\n${recoveryTable(recoveries)}\n`);
  await ground.close();
  await cluster.stop();
  rmSync(dataDir, { recursive: true });
}, A_LONG_TIME);

const FAULTS: readonly (readonly [name: string, fault: Fault])[] = [
  ['nothing happens', async ({ lasting }) => lasting(1000, 10)],
];

test.each(FAULTS)(
  '%s: no order is lost or doubled, the books balance, no subscriber misses a status',
  async (name, fault) => {
    const { recovery, problems } = await drill(ground, fault);
    recoveries.set(name, recovery);
    expect(problems).toEqual([]);
  },
  A_LONG_TIME,
);
