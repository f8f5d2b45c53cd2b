import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

let gateway: FixtureGateway;
let page: Response;
let html: string;
let visits = 0;
beforeAll(async () => {
  gateway = await startFixtureGateway({
    playground: async ({ isLocal }) => {
      visits += 1;
      return {
        headers: { 'x-tenant-id': '</script>' },
        tabs: [
          {
            query: 'query Lamps { products { id } }',
            headers: JSON.stringify({ authorization: `Bearer ${visits}`, isLocal }),
          },
        ],
      };
    },
  });
  page = await fetch(`${gateway.url}/playground`);
  html = await page.text();
});
afterAll(() => gateway.app.close());

test('the page refers to no other host', () => {
  expect(html).not.toMatch(/(?:https?:)?\/\/(?!www\.w3\.org)[\w-]+\.[\w.-]+/);
});

test('everything that it loads is served from here', async () => {
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

test('a client that takes no brotli gets the files plain', async () => {
  const plain = await fetch(`${gateway.url}/playground/assets/ruru.css`, {
    headers: { 'accept-encoding': 'identity' },
  });
  expect(plain.headers.get('content-encoding')).not.toBe('br');
  expect(await plain.text()).toContain('{');
});

test('a file that there is not is not found', async () => {
  expect((await fetch(`${gateway.url}/playground/assets/nothing.js`)).status).toBe(404);
});

test('its policy lets its own scripts run, and nothing else', () => {
  const policy = page.headers.get('content-security-policy') ?? '';
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, body]) => String(body));
  expect(scripts.length).toBeGreaterThan(1);
  for (const script of scripts) expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).not.toContain('http');
});

test('it opens with examples that are made for the visit', async () => {
  expect(html).toContain('query Lamps');
  expect(html).toContain('Bearer 1');
  expect(await (await fetch(`${gateway.url}/playground`)).text()).toContain('Bearer 2');
});

test('whether a visit comes from this machine is told to who makes the examples', async () => {
  const visit = async (headers: Readonly<Record<string, string>>) =>
    (await fetch(`${gateway.url}/playground`, { headers })).text();
  expect(await visit({})).toMatch(/isLocal[\\"]+:true/);
  expect(await visit({ 'x-forwarded-for': '203.0.113.7' })).toMatch(/isLocal[\\"]+:false/);
});
