import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

// Runs the command `souk` with the sample files on a running Souk.

const REPOSITORY = new URL('../../../', import.meta.url).pathname;
const SAMPLES = join(REPOSITORY, 'infra/demo/samples');

let installation: TestInstallation;
let souk: TestSouk;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-imports-'));
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  const headers = { ...souk.owner, 'content-type': 'application/json' };
  const body = JSON.stringify({ code: 'material', name: 'Material' });
  await fetch(`${souk.url}/api/v1/catalog/attributes`, { method: 'POST', headers, body });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly log: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  const token = String(souk.owner['authorization']).replace('Bearer ', '');
  const main = join(REPOSITORY, 'clients/cli/src/main.ts');
  const child = spawn(process.execPath, [main, '--url', souk.url, ...args], {
    env: { ...process.env, SOUK_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, log] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (log += String(text)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, log })));
}

const result = ({ out }: Ended) => JSON.parse(out) as { id: string; problems: { line: number; code: string }[] };

test('the sample of Souk CSV is imported as docs/imports.md describes', async () => {
  const dry = await run('import', 'souk', join(SAMPLES, 'souk-products.csv'), '--dry-run');
  expect(dry).toMatchObject({
    code: 1,
    out: expect.stringContaining('dry run, nothing is written: created 2, updated 0, skipped 0, failed 3'),
  });
  const done = await run('import', 'souk', join(SAMPLES, 'souk-products.csv'), '--json');
  expect(done.code).toBe(1);
  const { id, problems } = result(done);
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [5, 'UNKNOWN_CATEGORY'],
    [6, 'INVALID_NUMBER'],
    [8, 'CONTRADICTION'],
  ]);

  const file = join(folder, 'mend.csv');
  expect((await run('errors', id, file)).code).toBe(0);
  const mended = readFileSync(file, 'utf8')
    .replace('no-such-category', '')
    .replace('twelve', '12,00')
    .replace('Another name', '');
  writeFileSync(file, mended);
  const again = await run('import', 'souk', file);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('created 3, updated 0, skipped 0, failed 0') });

  const prices = await run('import', 'souk', join(SAMPLES, 'souk-prices.csv'));
  expect(prices).toMatchObject({ code: 1, out: expect.stringContaining('created 0, updated 2, skipped 0, failed 1') });
  expect(prices.out).toContain('No variant has the SKU "GRÖSSE-MUß"');
});

test('the sample of Shopify is imported, and what is exported changes nothing', async () => {
  const done = await run('import', 'shopify', join(SAMPLES, 'shopify-products.csv'));
  expect(done).toMatchObject({
    code: 1,
    log: expect.not.stringContaining('Error'),
    out: expect.stringContaining('created 2, updated 0, skipped 0, failed 1'),
  });
  for (const format of ['souk', 'shopify']) {
    const file = join(folder, `${format}.csv`);
    expect((await run('export', format, file)).code).toBe(0);
    const again = result(await run('import', format, file, '--json'));
    expect(again).toMatchObject({
      status: 'COMPLETED',
      createdCount: 0,
      updatedCount: 0,
      failedCount: 0,
      problems: [],
    });
  }
});

test('a file that is larger than a request is uploaded as one body', async () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => `none-${index},${'x'.repeat(40)},1.00\n`);
  const body = `sku,variant_name,price:EUR\n${rows.join('')}`;
  const headers = { ...souk.owner, 'content-type': 'text/csv' };
  const query = new URLSearchParams({ kind: 'SOUK_PRODUCTS', dryRun: 'true' });
  const response = await fetch(`${souk.url}/api/v1/imports?${query.toString()}`, { method: 'POST', headers, body });
  const { data } = (await response.json()) as { data: { sizeBytes: number } };
  expect(response.status).toBe(201);
  expect(data.sizeBytes).toBe(Buffer.byteLength(body));
  const wrong = await fetch(`${souk.url}/api/v1/imports?kind=SOUK_PRODUCTS&other=1`, {
    method: 'POST',
    headers,
    body: 'sku',
  });
  expect(wrong.status).toBe(400);
});

test('a wrong command line and a server that does not answer have their own exit codes', async () => {
  expect(await run('export', 'pdf')).toMatchObject({ code: 2, log: expect.stringContaining('souk, shopify, jsonl') });
  const { code, log } = await run('--url', 'http://127.0.0.1:9', 'search', 'status');
  expect({ code, log }).toEqual({ code: 3, log: expect.stringContaining('No answer from http://127.0.0.1:9') });
  expect(await run('search', 'status')).toMatchObject({ code: 0, out: expect.stringContaining('{') });
});
