// `npm run bench:catalog -- 10000 100000` measures search times in catalogs of these sizes, one after the other. With
// `--elasticsearch http://127.0.0.1:9200` the server searches an Elasticsearch. Its index must not exist before.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres, type BenchPostgres } from './bench-postgres.ts';
import { SEARCHES, type Search } from './catalog-searches.ts';
import { BenchDatabase } from './cluster-database.ts';
import { sumOverTree } from './gateway-process.ts';
import { variablesOf } from './commit-shops.ts';
import { graphqlClient } from './graphql-client.ts';
import { markdownTable } from './markdown-table.ts';
import { measure } from './measure.ts';
import { runToEnd, serve, type ServerProcess } from './server-process.ts';

const CONNECTIONS = 10;
const WARM_UP_MS = 3_000;
const ROUND_MS = 10_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { elasticsearch: { type: 'string' } },
});
const sizes = positionals.map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000);
console.log(`${cpus().length} cores (${cpus()[0]?.model}), ${CONNECTIONS} connections, load from the same machine\n`);
for (const products of sizes) await benchCatalog(products);

async function benchCatalog(products: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'));
  const postgres = await startPostgres(dataDir);
  const engine = options.elasticsearch
    ? { ELASTICSEARCH_URL: options.elasticsearch, ELASTICSEARCH_ALIAS: `bench-${products}` }
    : {};
  const variables = { ...variablesOf(dataDir, postgres.url), ...engine };
  let server: ServerProcess | null = null;
  let database: BenchDatabase | null = null;
  try {
    await runToEnd('demo/dist/generated-products/main.js', [String(products)], variables);
    server = await serve('all-in-one/dist/main.js', 4100, variables);
    database = await BenchDatabase.open(postgres.url);
    await database.untilIndexed();
    const rebuilt = await rebuildSeconds(database);
    console.log(`${products} products, indexed anew in ${rebuilt.toFixed(1)} s`);
    const rows: string[][] = [];
    for (const search of SEARCHES) rows.push(await measured(search, server, postgres));
    console.log(markdownTable(['', 'runs/s', 'p50 ms', 'p95 ms', 'Node ms', 'Postgres ms', 'load average'], rows));
  } finally {
    await database?.close();
    await server?.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measured(search: Search, { base, pid }: ServerProcess, { pid: postmaster }: BenchPostgres) {
  const client = graphqlClient([base], CONNECTIONS);
  const work = search.prepare(client);
  await measure(CONNECTIONS, WARM_UP_MS, work);
  const cpuMs = (root: number) => sumOverTree(root, (usage) => usage.cpuMs);
  const before = { node: cpuMs(pid), postgres: cpuMs(postmaster) };
  const { runs, perSecond, p50, p95 } = await measure(CONNECTIONS, ROUND_MS, work);
  const node = (cpuMs(pid) - before.node) / runs;
  const ofPostgres = (cpuMs(postmaster) - before.postgres) / runs;
  client.close();
  return [
    search.name,
    perSecond.toFixed(0),
    p50.toFixed(1),
    p95.toFixed(1),
    node.toFixed(2),
    ofPostgres.toFixed(2),
    (loadavg()[0] ?? NaN).toFixed(1),
  ];
}

/** Marks all products for indexing, and returns the seconds until the server has indexed them. */
async function rebuildSeconds(database: BenchDatabase): Promise<number> {
  const started = performance.now();
  await database.run(
    'insert into catalog.search_pending (tenant_id, product_id) select tenant_id, id from catalog.product',
  );
  await database.untilIndexed();
  const seconds = (performance.now() - started) / 1000;
  await database.run('vacuum analyze');
  return seconds;
}
