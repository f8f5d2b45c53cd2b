import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

const PAGE = '<!doctype html><title>Backoffice</title>';
const SCRIPT = 'export const orders = [];';

let gateway: FixtureGateway;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-web-app-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), PAGE);
  await writeFile(join(directory, '.sources'), 'x');
  await writeFile(join(directory, 'sw.js'), SCRIPT);
  await writeFile(join(directory, 'assets/index-abc.js'), SCRIPT);
  await writeFile(join(directory, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT));
  gateway = await startFixtureGateway({
    webApps: [
      { path: '/backoffice/', directory, title: 'Backoffice', description: 'For staff' },
      { path: '/shop/', directory, title: 'Shop', description: 'For buyers', origins: ['https://pay.example'] },
    ],
  });
});
afterAll(async () => {
  await gateway.app.close();
  await rm(directory, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${gateway.url}${path}`, init);
const policyOf = async (path: string) => (await get(path)).headers.get('content-security-policy');

describe('a web app', () => {
  test.each(['/backoffice/', '/backoffice', '/backoffice/orders/7?tab=history'])('%s opens its page', async (path) => {
    const response = await get(path);
    expect(await response.text()).toBe(PAGE);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  test('is revalidated by its entity tag', async () => {
    const tag = (await get('/backoffice/')).headers.get('etag') ?? '';
    expect(
      (await get('/backoffice/', { headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' } })).status,
    ).toBe(304);
  });

  test('has assets that are cached for a year, compressed where the client accepts the encoding', async () => {
    const [plain, compressed] = await Promise.all(
      ['identity', 'br'].map((encoding) =>
        get('/backoffice/assets/index-abc.js', { headers: { 'accept-encoding': encoding } }),
      ),
    );
    expect([await plain?.text(), plain?.headers.get('content-encoding')]).toEqual([SCRIPT, null]);
    expect([await compressed?.text(), compressed?.headers.get('content-encoding')]).toEqual([SCRIPT, 'br']);
    for (const response of [plain, compressed]) {
      expect(response?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response?.headers.get('content-type')).toMatch(/javascript/);
    }
  });

  test('revalidates files outside of its assets', async () => {
    expect((await get('/backoffice/sw.js')).headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    '/backoffice/assets/index-old.js',
    '/backoffice/.sources',
    '/backoffice/assets/..%2f..%2fpackage.json',
    '/other/',
  ])('%s is not found', async (path) => {
    const response = await get(path);
    expect([403, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('Backoffice');
  });

  test('answers no POST with its page', async () => {
    expect((await get('/backoffice/orders', { method: 'POST' })).status).toBe(404);
  });

  test('runs scripts of its own server and of the origins that it names, in no frame of another site', async () => {
    expect(await policyOf('/backoffice/')).toMatch(/script-src 'self'; .*frame-src 'none'.*frame-ancestors 'none'/);
    expect(await policyOf('/shop/')).toMatch(
      /script-src 'self' https:\/\/pay\.example;.*frame-src https:\/\/pay\.example/,
    );
  });

  test('is on the home page', async () => {
    expect(await (await get('/')).text()).toContain('<dt><a href="/backoffice/">Backoffice</a></dt><dd>For staff</dd>');
  });
});
