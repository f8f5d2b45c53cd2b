// `npm run bench:requirements -- 100000` measures the performance requirements in a shop with 100,000 products. It
// prints each result beside its limits.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@souk/platform/embedded-postgres';
import { startPostgres } from './bench-postgres.ts';
import { BenchDatabase } from './cluster-database.ts';
import { deliveriesOf, latenciesOf } from './cluster-deliveries.ts';
import { logIn } from './cluster-shop.ts';
import { OrderWatcher } from './cluster-watcher.ts';
import { variablesOf } from './commit-shops.ts';
import { graphqlClient } from './graphql-client.ts';
import { measure, summarize } from './measure.ts';
import { REQUIREMENT_CHECKS, type MeasuredShop, type RequirementCheck } from './requirement-checks.ts';
import { isKept, requirementTable, type MeasuredRequirement } from './requirement-report.ts';
import { checkout } from './scenarios.ts';
import { runToEnd, serve } from './server-process.ts';
import { wallClock } from './wall-clock.ts';

const WARM_UP_MS = 3_000;
const ROUND_MS = 10_000;
const MOST_CONNECTIONS = Math.max(...REQUIREMENT_CHECKS.map(({ connections }) => connections));
/** The number of orders that are placed one after another while a WebSocket client receives their changes. */
const WATCHED_ORDERS = 100;
/** How long the benchmark waits for the last deliveries, in milliseconds. */
const DELIVERED_WITHIN_MS = 2_000;

async function measured(check: RequirementCheck, shop: MeasuredShop): Promise<MeasuredRequirement> {
  const work = await check.prepare(shop);
  await measure(check.connections, WARM_UP_MS, work);
  return { ...check, measured: await measure(check.connections, ROUND_MS, work) };
}

/** Measures the time from the commit of an order's change to its frame at a WebSocket client. */
async function measuredDelivery({ base, client }: MeasuredShop, database: BenchDatabase): Promise<MeasuredRequirement> {
  const clock = wallClock();
  const watcher = new OrderWatcher(base, await logIn(base), clock);
  const buy = await checkout.prepare(client, 1);
  while (watcher.frames.length === 0) await buy(0); // The subscription is open once the first change arrives.
  watcher.forget();
  const since = clock();
  for (let order = 0; order < WATCHED_ORDERS; order++) await buy(0);
  await sleep(DELIVERED_WITHIN_MS);
  const deliveries = deliveriesOf(await database.commitsSince(since), watcher.frames);
  const elapsedMs = clock() - since;
  await watcher.close();
  if (deliveries.missed.length > 0)
    throw new Error(`${deliveries.missed.length} changes of orders did not reach the WebSocket client.`);
  return {
    name: 'commit of an order change to its WebSocket frame',
    connections: 1,
    limits: { p50: 10, p95: 50, p99: 100 },
    measured: summarize(latenciesOf(deliveries), elapsedMs),
  };
}

async function main(products: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'));
  console.log(`${products} products, ${cpus().length} cores (${cpus()[0]?.model}), load from the same machine`);
  const postgres = await startPostgres(dataDir, { track_commit_timestamp: 'on' });
  const variables = variablesOf(dataDir, postgres.url);
  try {
    await runToEnd('demo/dist/generated-products/main.js', [products], variables);
    const server = await serve('all-in-one/dist/main.js', await freePort(), variables);
    const database = await BenchDatabase.open(postgres.url);
    const client = graphqlClient([server.base], MOST_CONNECTIONS);
    try {
      await database.untilIndexed();
      await database.run('vacuum analyze');
      const shop = { base: server.base, postgres, client };
      const rows: MeasuredRequirement[] = [];
      for (const check of REQUIREMENT_CHECKS) rows.push(await measured(check, shop));
      rows.push(await measuredDelivery(shop, database));
      console.log(`load ${loadavg()[0]?.toFixed(1)}\n\n${requirementTable(rows)}`);
      if (!rows.every(isKept)) process.exitCode = 1;
    } finally {
      client.close();
      await database.close();
      await server.stop();
    }
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const [products = '100000'] = process.argv.slice(2);
await main(products);
