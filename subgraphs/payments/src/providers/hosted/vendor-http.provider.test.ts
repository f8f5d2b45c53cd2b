import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { askVendor } from './vendor-http.provider.ts';

let server: Server;
let url = '';
/** The response to the next request. When null, the server does not respond. */
let answer: { readonly status: number; readonly body: string } | null = null;
let arrived: () => void = () => undefined;

beforeAll(async () => {
  server = createServer((_request, response) => {
    arrived();
    if (answer) response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (deadline = () => new AbortController().signal) =>
  askVendor(
    { name: 'Vendor', url, secretKey: 'sk', deadline },
    { method: 'POST', path: '/refund', body: { amount: 1 }, answer: z.object({ id: z.int() }) },
    ({ status, message }) => `${status} ${message}`,
  );

test('an answer of the published form is returned', async () => {
  answer = { status: 200, body: '{"id":7,"more":true}' };
  expect(await ask()).toEqual({ ok: true, value: { id: 7 } });
});

test('a refused request has a code', async () => {
  answer = { status: 400, body: '{"message":"too much"}' };
  expect(await ask()).toEqual({ ok: false, error: { kind: 'REFUSED', code: '400 too much' } });
});

test.each([
  [200, '{"id":"seven"}'],
  [200, 'not JSON'],
  [401, '{"message":"Invalid key"}'],
  [429, '{}'],
  [500, '{}'],
  [502, '<html>'],
])('an answer of %i with %s leaves the outcome open', async (status, body) => {
  answer = { status, body };
  expect(await ask()).toMatchObject({ ok: false, error: { kind: 'UNAVAILABLE' } });
});

test('a silent vendor leaves the outcome open when the time is over', async () => {
  answer = null;
  const time = new AbortController();
  const heard = new Promise<void>((resolve) => (arrived = resolve));
  const asked = ask(() => time.signal);
  await heard;
  time.abort();
  expect(await asked).toMatchObject({ ok: false, error: { kind: 'UNAVAILABLE' } });
});
