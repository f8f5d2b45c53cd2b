import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { OPENAPI_FILE } from '@souk/deployment/gateway';
import { callRest } from './rest/testing/rest-client.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';
import type { Article } from './testing/test-shop.ts';

// Generates the client, compiles and runs the partner's script, and runs the commands of its README in a shell.

const run = promisify(execFile);
const REPOSITORY = new URL('../../../', import.meta.url).pathname;
const PARTNER = join(REPOSITORY, 'clients/partner');

let installation: TestInstallation;
let souk: TestSouk;
let article: Article;
let project: string;
beforeAll(async () => {
  project = await generatedProject();
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  article = await souk.shop.offer({ north: 9, south: 0, price: '7.50' });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
  rmSync(project, { recursive: true });
});

/** Copies the partner's files, and generates the client. @returns the path of the new folder */
async function generatedProject(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-partner-'));
  const isSource = (path: string) => !/\/(node_modules|__generated__)$/.test(path);
  cpSync(PARTNER, folder, { recursive: true, filter: isSource });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  const generator = join(PARTNER, 'node_modules/openapi-typescript/bin/cli.js');
  await run(process.execPath, [generator, OPENAPI_FILE, '--output', join(folder, 'src/__generated__/souk-api.ts')]);
  return folder;
}

/** Runs the script until it ends. `onLine` receives each line of its output. */
async function runScript(
  args: readonly string[],
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<number | null> {
  const main = ['src/main.ts', '--url', souk.url, '--every-ms', '20', ...args];
  const script = spawn(process.execPath, main, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'], signal });
  script.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve) => script.on('close', resolve));
  for await (const line of createInterface({ input: script.stdout })) onLine(line);
  return ended;
}

/** Packs, ships and delivers an order, as staff. */
async function deliver(number: string): Promise<void> {
  const headers = souk.owner;
  const { body: orders } = await callRest(souk.url, 'GET', '/orders?limit=1', { headers });
  const [order] = orders?.['data'] ?? [];
  expect(order.number).toBe(number);
  const packed = await callRest(souk.url, 'POST', `/orders/${order.id}/fulfillments`, { headers, body: {} });
  const [{ id }] = packed.body?.['data'] ?? [];
  for (const step of ['ship', 'deliver'])
    await callRest(souk.url, 'POST', `/fulfillments/${id}/${step}`, { headers, body: {} });
}

test('the script compiles with the generated client', async () => {
  const compiler = join(REPOSITORY, 'node_modules/.bin/tsc');
  const { stdout } = await run(compiler, ['-p', 'tsconfig.json'], { cwd: project }).catch(
    (failure: { readonly stdout: string }) => failure,
  );
  expect(stdout).toBe('');
});

test('the script places an order once, and follows it until it is completed', async () => {
  const args = ['--reference', 'PO-of-a-partner-1', '--sku', article.sku];
  const lines: string[] = [];
  const stop = new AbortController();
  let delivered: Promise<void> = Promise.resolve();
  const onLine = (line: string) => {
    lines.push(line);
    if (lines.length > 1) return;
    delivered = deliver(line.replace('order ', ''));
    delivered.catch(() => stop.abort());
  };
  const exitCode = await runScript(args, onLine, stop.signal);
  await delivered;
  expect(exitCode).toBe(0);
  const types = lines.slice(1).map((line) => line.split('  ')[1]);
  expect(types.filter((type) => type !== 'CUSTOMER_LINKED')).toEqual([
    'PLACED',
    'PAYMENT_AUTHORIZED',
    'PAYMENT_CAPTURED',
    'CONFIRMED',
    'FULFILLMENT_CREATED',
    'SHIPPED',
    'DELIVERED',
    'COMPLETED',
  ]);
  expect(new Set(lines).size).toBe(lines.length);
  const again: string[] = [];
  expect(await runScript(args, (line) => again.push(line))).toBe(0);
  expect(again).toEqual(lines);
});

test("the README's commands place and follow an order", async () => {
  const readme = readFileSync(join(PARTNER, 'README.md'), 'utf8');
  const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    SOUK: souk.url,
    SKU: article.sku,
  };
  const { stdout } = await run('/bin/sh', ['-euc', commands.join('\n')], { env });
  const [total, status, types] = stdout.trim().split('\n');
  expect([total, status]).toEqual(['19.90', 'CONFIRMED']);
  expect(types).toMatch(/^PLACED .*CONFIRMED/);
});
