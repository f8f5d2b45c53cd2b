// `npm run bench:import -- 100000` imports a Souk CSV file of 100,000 rows into a shop, then imports the same file
// again.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '@souk/launcher/bootstrap';
import { logIn } from './cluster-shop.ts';
import { fill, openShop, type Shop } from './commit-shops.ts';
import { markdownTable } from './markdown-table.ts';

const [rows = '100000'] = process.argv.slice(2);
/** The number of rows per product. Each row is a variant. */
const VARIANTS = 4;

interface Import {
  readonly id: string;
  readonly status: string;
  readonly failure: string | null;
  readonly createdCount: number;
  readonly updatedCount: number;
  readonly skippedCount: number;
  readonly failedCount: number;
}

interface Run extends Import {
  readonly seconds: number;
  readonly peakMib: number;
}

/** The lines of a CSV file with `count` rows. */
function* lines(count: number): Generator<string> {
  yield 'slug,name,description,status,attributes,sku,options,price:EUR,price:USD,name:de,weight_grams\r\n';
  for (let row = 0; row < count; row++) {
    const [product, variant] = [Math.floor(row / VARIANTS), row % VARIANTS];
    const first = variant === 0;
    const texts = first
      ? `Product ${product},"Made of wool, ""soft"" and warm.\nNumber ${product}.",published,`
      : ',,,';
    const price = `${10 + (row % 90)}.90`;
    yield `bench-${product},${texts},B-${row},Size=${variant + 36},${price},${price},${first ? `Produkt ${product}` : ''},${100 + variant}\r\n`;
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-bench-'));
  try {
    const file = join(folder, 'products.csv');
    await pipeline(Readable.from(lines(Number(rows))), createWriteStream(file));
    const dataDir = join(folder, 'shop');
    await fill(ROOT, '100', dataDir);
    const shop = await openShop('one shop', dataDir);
    try {
      await report(shop, file);
    } finally {
      await shop.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function report(shop: Shop, file: string): Promise<void> {
  const mib = ((await stat(file)).size / 1024 ** 2).toFixed(1);
  console.log(
    `${rows} rows, ${VARIANTS} for each product, ${mib} MiB; ${cpus().length} cores (${cpus()[0]?.model}); load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  const before = shop.rssMiB();
  const first = await run(shop, file);
  const again = await run(shop, file);
  const cells = ([name, { seconds, peakMib, createdCount, skippedCount, failedCount }]: readonly [string, Run]) => [
    name,
    seconds.toFixed(1),
    (Number(rows) / seconds).toFixed(0),
    String(createdCount),
    String(skippedCount),
    String(failedCount),
    `${before.toFixed(0)} -> ${peakMib.toFixed(0)}`,
  ];
  const head = ['import', 's', 'rows/s', 'created', 'skipped', 'failed', 'memory of the server, MiB'];
  console.log(markdownTable(head, [cells(['new products', first]), cells(['the same file again', again])]));
}

async function run({ base, rssMiB }: Shop, file: string): Promise<Run> {
  const authorization = `Bearer ${await logIn(base)}`;
  const started = performance.now();
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream;
  const init = { method: 'POST', headers: { authorization, 'content-type': 'text/csv' }, body, duplex: 'half' };
  let state = await dataOf(await fetch(`${base}/api/v1/imports?kind=SOUK_PRODUCTS`, init as RequestInit));
  let peakMib = 0;
  while (!['COMPLETED', 'FAILED', 'CANCELED'].includes(state.status)) {
    await pause(200);
    peakMib = Math.max(peakMib, rssMiB());
    state = await dataOf(await fetch(`${base}/api/v1/imports/${state.id}`, { headers: { authorization } }));
  }
  if (state.status !== 'COMPLETED') throw new Error(`The import is ${state.status}: ${state.failure}`);
  return { ...state, seconds: (performance.now() - started) / 1000, peakMib };
}

async function dataOf(response: Response): Promise<Import> {
  const body = (await response.json()) as { data: Import };
  if (!response.ok) throw new Error(`The server answered with ${response.status}: ${JSON.stringify(body)}`);
  return body.data;
}

await main();
