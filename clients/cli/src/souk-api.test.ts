import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { logIn } from './souk-api.ts';

const credentials = { email: 'ada@shop.test', password: 'a long password' };
let server: Server;
let url: string;
let needsCode: boolean;
let requests: { readonly path: string | undefined; readonly body: unknown }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      requests.push({ path: request.url, body: JSON.parse(body) });
      const isChallenge = needsCode && request.url === '/api/v1/auth/login';
      const data = isChallenge ? { accessToken: null, challenge: { token: 'c1' } } : { accessToken: 'a1' };
      response.end(JSON.stringify({ data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void (requests = []));
afterAll(() => void server.close());

test('an account without an authenticator app logs in by its password', async () => {
  needsCode = false;
  const askCode = jest.fn<() => Promise<string>>();
  expect(await logIn(url, null, credentials, askCode)).toBe('a1');
  expect(askCode).not.toHaveBeenCalled();
  expect(requests).toEqual([{ path: '/api/v1/auth/login', body: credentials }]);
});

test('a challenge is answered with a code', async () => {
  needsCode = true;
  expect(await logIn(url, null, credentials, () => Promise.resolve('123456'))).toBe('a1');
  expect(requests[1]).toEqual({ path: '/api/v1/auth/verify-code', body: { challenge: 'c1', code: '123456' } });
});
