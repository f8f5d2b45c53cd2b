import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { PlaygroundVisit } from './playground.ts';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

let gateway: FixtureGateway;
let page: Response;
let html: string;
let visits = 0;
const KEY = 'a key that the terminal printed';
const open = async ({ isOperator }: PlaygroundVisit) => {
  visits += 1;
  return {
    notice: isOperator ? 'You are <in>' : 'You are a guest',
    headers: { 'x-tenant-id': '</script>' },
    tabs: [
      {
        query: 'query Lamps { products { id } }',
        headers: JSON.stringify({ authorization: `Bearer ${visits}`, isOperator }),
      },
    ],
  };
};
beforeAll(async () => {
  gateway = await startFixtureGateway({
    playground: { key: KEY, open },
    home: { title: 'Lamps & Co', about: 'A shop.' },
  });
  page = await fetch(`${gateway.url}/playground`);
  html = await page.text();
});
afterAll(() => gateway.app.close());

test('the page links to no other host', () => {
  expect(html).not.toMatch(/(?:https?:)?\/\/(?!www\.w3\.org)[\w-]+\.[\w.-]+/);
});

test('everything that the page loads is served by this server', async () => {
  const files = [...html.matchAll(/["'](\/playground\/assets\/[\w./-]+\.(?:js|css))["']/g)].map(([, path]) =>
    String(path),
  );
  const workers = ['jsonWorker.js', 'graphqlWorker.js', 'editorWorker.js'].map((name) => `/playground/assets/${name}`);
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const path of [...new Set(files), ...workers]) {
    const response = await fetch(`${gateway.url}${path}`);
    expect([path, response.status, (await response.text()).length > 100]).toEqual([path, 200, true]);
    const again = await fetch(`${gateway.url}${path}`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect([path, again.status]).toEqual([path, 304]);
  }
});

test('a client without brotli gets uncompressed files', async () => {
  const plain = await fetch(`${gateway.url}/playground/assets/ruru.css`, {
    headers: { 'accept-encoding': 'identity' },
  });
  expect(plain.headers.get('content-encoding')).not.toBe('br');
  expect(await plain.text()).toContain('{');
});

test('an unknown file is not found', async () => {
  expect((await fetch(`${gateway.url}/playground/assets/nothing.js`)).status).toBe(404);
});

test("the content security policy allows the page's own scripts only", () => {
  const policy = page.headers.get('content-security-policy') ?? '';
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, body]) => String(body));
  expect(scripts.length).toBeGreaterThan(1);
  for (const script of scripts) expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).not.toContain('http');
});

test('the playground opens with examples that are made for the visit', async () => {
  expect(html).toContain('query Lamps');
  expect(html).toContain('Bearer 1');
  expect(await (await fetch(`${gateway.url}/playground`)).text()).toContain('Bearer 2');
});

const byLink = (url: string, headers: Readonly<Record<string, string>> = {}, key = KEY) =>
  fetch(`${url}/playground?key=${encodeURIComponent(key)}`, { headers }).then((response) => response.text());
const isOperator = (text: string) => /isOperator[\\"]+:true/.test(text);

test('the printed link, opened on this machine, identifies the operator', async () => {
  expect(isOperator(await byLink(gateway.url))).toBe(true);
  expect(isOperator(await byLink(gateway.url, { 'sec-fetch-site': 'none' }))).toBe(true);
});

test.each([
  ['without the key', {}, ''],
  ['with another key', {}, `${KEY}.`],
  ['with a proxy between', { 'x-forwarded-for': '203.0.113.7' }, KEY],
  ['by a page of another site', { 'sec-fetch-site': 'cross-site' }, KEY],
])("a visit %s is a guest's, who can still use the playground", async (_how, headers, key) => {
  const text = await byLink(gateway.url, headers, key);
  expect(isOperator(text)).toBe(false);
  expect(text).toContain('You are a guest');
  expect(text).toContain('query Lamps');
});

test("a visit by another site's name (DNS rebinding) is a guest's", async () => {
  const headers = { host: 'evil.example' };
  const { body } = await gateway.app.inject({ url: '/playground', query: { key: KEY }, headers });
  expect(isOperator(body)).toBe(false);
  expect(body).toContain('query Lamps');
});

test("behind trusted proxies every visit is a guest's", async () => {
  const behind = await startFixtureGateway({
    playground: { key: KEY, open },
    http: { trustedProxies: ['10.0.0.0/8'] },
  });
  expect(isOperator(await byLink(behind.url))).toBe(false);
  await behind.app.close();
});

test('the page has its own name, a way back, a width for phones, and its notice as text', async () => {
  expect(html).toContain('<title>Lamps &#38; Co playground</title>');
  expect(html).toContain('<a href="/">← Lamps &#38; Co</a>');
  expect(html).toMatch(/<meta name="viewport" content="width=device-width/);
  expect(await byLink(gateway.url)).toContain('You are &#60;in&#62;');
  expect(html).not.toMatch(/sponsor/i);
  expect(html).not.toMatch(/<title>Ruru/);
});
