import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './bench-postgres.ts';
import { graphqlClient } from './graphql-client.ts';
import { measure, medianOf, type Measurement } from './measure.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { runToEnd, serve, type ServerProcess } from './server-process.ts';

const CONNECTIONS = [10, 50];
const ROUNDS = 3;
const ROUND_MS = 4_000;
const WARM_UP_MS = 2_000;

/**
 * Measures all servers on the same data. The servers take turns, so a slow moment of the machine affects all of them.
 */
async function compare(
  scenario: Scenario,
  connections: number,
  servers: readonly ServerProcess[],
): Promise<Measurement[]> {
  const runs = await Promise.all(
    servers.map(async ({ base }) => {
      const client = graphqlClient([base], connections);
      return { client, work: await scenario.prepare(client, connections), rounds: [] as Measurement[] };
    }),
  );
  for (const { work } of runs) await measure(connections, WARM_UP_MS, work);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { work, rounds } of runs) rounds.push(await measure(connections, ROUND_MS, work));
  }
  for (const { client } of runs) client.close();
  return runs.map(({ rounds }) => medianOf(rounds));
}

function row(name: string, { perSecond, p50, p95, p99 }: Measurement): string {
  const cells = [perSecond.toFixed(0), p50.toFixed(1), p95.toFixed(1), p99.toFixed(1)];
  return `  ${name.padEnd(22)}${cells.map((cell) => cell.padStart(10)).join('')}`;
}

/** Compares Souk with the baseline: the same subgraphs behind a plain Apollo gateway. Prints the measurements. */
export async function benchAgainstBaseline(products: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'));
  const postgres = await startPostgres(dataDir);
  const variables = {
    SOUK_DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    DATABASE_URL: postgres.url,
    SOUK_RATE_LIMITS: 'off', // All requests come from one address.
  };
  console.log(`${products} products, ${cpus().length} cores (${cpus()[0]?.model}), load from the same machine`);
  const running: ServerProcess[] = [];
  try {
    console.log('generating products ...');
    await runToEnd('demo/dist/generated-products/main.js', [products], variables);
    const souk = await serve('all-in-one/dist/main.js', 4100, variables);
    running.unshift(souk);
    const baseline = await serve('load/dist/baseline.js', 4101, variables);
    running.unshift(baseline);
    console.log(`medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, in turns\n`);
    for (const scenario of SCENARIOS) {
      for (const connections of CONNECTIONS) {
        const [ours, plain] = await compare(scenario, connections, [souk, baseline]);
        if (!ours || !plain) continue;
        console.log(`${scenario.name}, ${connections} connections`);
        console.log(
          `  ${''.padEnd(22)}${['per s', 'p50 ms', 'p95 ms', 'p99 ms'].map((head) => head.padStart(10)).join('')}`,
        );
        console.log(row('souk', ours));
        console.log(row('plain Apollo gateway', plain));
        console.log(`  ratio ${(ours.perSecond / plain.perSecond).toFixed(2)}\n`);
      }
    }
  } finally {
    for (const server of running) await server.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
