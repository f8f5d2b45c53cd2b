import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { runInNewContext } from 'node:vm';
import { addApiReference } from './api-reference.ts';

const app = Fastify();
const GUIDE = '# Buy\n\nText.\n\n```sh rest CART=data.id\ncurl "<a>"\n```\n';
const table = {
  generated: 'by this test',
  basePath: '/api/v1',
  routes: [],
  refusals: { CART_EMPTY: 409 },
  refusalTexts: { CART_EMPTY: 'Add.' },
};
let page: string;
beforeAll(async () => {
  addApiReference(app, { openapi: '{}', table, guide: GUIDE });
  page = (await app.inject('/docs')).body;
});
afterAll(() => app.close());

/** URLs that a page loads or links to. */
const addressesIn = (text: string) => [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);

describe.each(['/docs', '/docs/problems', '/docs/guide'])('%s', (path) => {
  test('links to no other origin', async () => {
    const addresses = addressesIn((await app.inject(path)).body);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect(address).toMatch(/^\/(?!\/)/);
  });

  test('has a policy that names no other origin, and lets no inline script run', async () => {
    const policy = String((await app.inject(path)).headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).not.toMatch(/https?:|\*|script-src[^;]*unsafe/);
  });
});

test('the scripts of the reference are served by this server, and cached by browsers', async () => {
  const scripts = addressesIn(page).filter((address) => address.endsWith('.js'));
  expect(scripts).toHaveLength(2);
  for (const url of scripts) {
    const { statusCode, headers, body } = await app.inject(url);
    expect([url, statusCode, headers['content-type'], body.includes('Scalar')]).toEqual([
      url,
      200,
      'text/javascript; charset=utf-8',
      true,
    ]);
    const again = await app.inject({ url, headers: { 'if-none-match': String(headers['etag']) } });
    expect([url, again.statusCode]).toEqual([url, 304]);
  }
});

test('the large script comes compressed to a client that accepts brotli', async () => {
  const url = '/docs/reference.js';
  const plain = await app.inject(url);
  const brotli = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotli.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
});

describe('the settings of the reference', () => {
  interface Settings {
    readonly [name: string]: unknown;
    readonly onRequestBuilt: (hook: { readonly request: Request }) => void;
  }

  async function settings(): Promise<Settings> {
    let given: unknown;
    const createApiReference = (_place: string, all: unknown) => (given = all);
    runInNewContext((await app.inject('/docs/settings.js')).body, { Scalar: { createApiReference } });
    return given as Settings;
  }

  test('switch off everything that needs another host', async () => {
    const all = await settings();
    expect(all).toMatchObject({
      url: '/api/v1/openapi.json',
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      hideClientButton: true,
    });
    expect(JSON.stringify(all)).not.toContain('//');
    expect(all).not.toHaveProperty('proxyUrl');
  });

  test('send the entered token and shop, and no empty ones', async () => {
    const { onRequestBuilt } = await settings();
    const sent = (headers: Readonly<Record<string, string>>) => {
      const request = new Request('http://shop.test/', { headers });
      onRequestBuilt({ request });
      return Object.fromEntries(request.headers);
    };
    expect(sent({ authorization: 'Bearer ', 'x-tenant-id': '' })).toEqual({});
    const filled = { authorization: 'Bearer a', 'x-tenant-id': 'demo' };
    expect(sent(filled)).toEqual(filled);
  });
});

test('the guide shows commands as text in their column, and marks the values to keep of the answer', async () => {
  const { body } = await app.inject('/docs/guide');
  expect(body).toContain('<title>Buy</title>');
  expect(body).toMatch(/<figure class="rest">\s*<figcaption>REST<\/figcaption>/);
  expect(body).toContain('curl &#34;&#60;a&#62;&#34;');
  expect(body).toContain('Keep <code>data.id</code> as <code>CART</code>');
});
