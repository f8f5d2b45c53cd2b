import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_COST, DEFAULT_HTTP } from '@souk/gateway';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { protectionOptions, type ProtectionSettings } from '@souk/deployment/gateway';
import { OWNER } from './testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

/** A request that each transport can send. */
interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The same request as a REST request. Null when the REST API has no such request. */
  readonly rest: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown } | null;
}

/**
 * The error code of a refusal, and the HTTP status or the close code of the socket. `status` is null when the request succeeded and only
 * the operation was refused.
 */
interface Refusal {
  readonly code: string | null;
  readonly status: number | null;
}

type Send = (url: string, request: Request) => Promise<Refusal>;

const codeIn = (body: string): string | null => /"code":"(\w+)"/.exec(body)?.[1] ?? null;

const post = (accept: string): Send =>
  async function send(url, { headers, query, variables }) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { code: codeIn(await response.text()), status: response.status === 200 ? null : response.status };
  };

const TRANSPORTS: Readonly<Record<'HTTP' | 'SSE' | 'REST' | 'SOCKET', Send>> = {
  HTTP: post('application/graphql-response+json'),
  SSE: post('text/event-stream'),
  async REST(url, { headers, rest }) {
    if (!rest) throw new Error('REST has nothing like it');
    const body = rest.body === undefined ? null : JSON.stringify(rest.body);
    const response = await fetch(`${url}/api/v1${rest.path}`, {
      method: rest.method,
      headers: { ...(body !== null && { 'content-type': 'application/json' }), ...headers },
      body,
    });
    return { code: codeIn(await response.text()), status: response.status };
  },
  async SOCKET(url, { headers, query, variables }) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const answer = new Promise<Refusal>((resolve) => {
      socket.on('close', (status, reason) => resolve({ code: /^\w+/.exec(String(reason))?.[0] ?? null, status }));
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString());
        if (message.type !== 'connection_ack') return resolve({ code: codeIn(data.toString()), status: null });
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
      });
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: headers }));
    const refusal = await answer;
    socket.terminate();
    return refusal;
  },
};

/** The WebSocket close code for each HTTP status. */
const CLOSE_CODES: Readonly<Record<number, number>> = { 400: 4400, 401: 4401, 403: 4403, 404: 4400 };
const callerRefusal = (code: string, status: number) => ({
  HTTP: { code, status },
  SSE: { code, status },
  REST: { code, status },
  SOCKET: { code, status: CLOSE_CODES[status] ?? null },
});
/** The expected refusal of an operation whose caller is authenticated. Sockets and event streams stay open. REST returns the status. */
const operationRefusal = (code: string, status: number) => ({
  HTTP: { code, status },
  SSE: { code, status: null },
  REST: { code, status },
  SOCKET: { code, status: null },
});
/** The expected refusal by the rate limit. The limit applies before an event stream begins, so SSE also returns the HTTP status. */
const requestRefusal = (code: string, status: number) => ({ ...operationRefusal(code, status), SSE: { code, status } });

const SETTINGS: ProtectionSettings = {
  introspection: true,
  trustedProxies: [],
  corsOrigins: ['https://shop.example'],
  connectionsOfAddress: DEFAULT_HTTP.maxConnectionsPerAddress,
  maximumCost: DEFAULT_COST.maximum,
  rates: { plans: { STARTER: 1000 }, address: 1000, shopper: 1000, loginsOfAccount: 50, loginsOfAddress: 1000 },
};

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.database.drop());

let souk: TestSouk;
const PRODUCTS = '{ products(first: 200) { nodes { name } } }';
const browse = (headers: Readonly<Record<string, string>>, query = PRODUCTS): Request => ({
  headers,
  query,
  rest: { method: 'GET', path: '/products?limit=200' },
});
const refusalsOf = async (request: Request, url = souk.url) => {
  const names = Object.keys(TRANSPORTS) as (keyof typeof TRANSPORTS)[];
  const able = names.filter((name) => name !== 'REST' || request.rest);
  return Object.fromEntries(
    await Promise.all(able.map(async (name) => [name, await TRANSPORTS[name](url, request)] as const)),
  );
};
const anonymous = () => ({ 'x-tenant-id': souk.shop.tenantId });

describe('a refusal over HTTP is also a refusal over sockets, event streams and REST', () => {
  beforeAll(async () => {
    souk = await startTestSouk(installation, {
      protection: protectionOptions(SETTINGS),
      limits: { bodyBytes: 20_000 },
    });
  });
  afterAll(() => souk.stop());

  test('of a caller that names no tenant', async () => {
    const url = souk.url.replace('127.0.0.1', 'localhost'); // 127.0.0.1 is a host of the shop.
    expect(await refusalsOf(browse({}), url)).toEqual(callerRefusal('TENANT_REQUIRED', 400));
  });

  test('of an unknown sales channel', async () => {
    const headers = { ...anonymous(), 'x-channel': 'nowhere' };
    expect(await refusalsOf(browse(headers))).toEqual(callerRefusal('CHANNEL_NOT_FOUND', 404));
  });

  test('of an unknown tenant', async () => {
    const headers = { 'x-tenant-id': '00000000-0000-4000-8000-000000000000' };
    expect(await refusalsOf(browse(headers))).toEqual(callerRefusal('TENANT_NOT_FOUND', 404));
  });

  test('of a token for another tenant', async () => {
    const headers = { ...souk.owner, 'x-tenant-id': souk.shop.rivalTenantId };
    expect(await refusalsOf(browse(headers))).toEqual(callerRefusal('TENANT_MISMATCH', 403));
  });

  test.each(['Bearer nonsense', 'Basic b3duZXI6cGFzc3dvcmQ=', ''])(
    'an `Authorization` of "%s"',
    async (authorization) => {
      const headers = { ...anonymous(), authorization };
      expect(await refusalsOf(browse(headers))).toEqual(callerRefusal('UNAUTHENTICATED', 401));
    },
  );

  test('of a request that is too large', async () => {
    const large = 'x'.repeat(20_000);
    const request: Request = {
      headers: anonymous(),
      query: PRODUCTS,
      variables: { large },
      rest: { method: 'POST', path: '/auth/login', body: { large } },
    };
    const refused = { code: 'PAYLOAD_TOO_LARGE', status: 413 };
    expect(await refusalsOf(request)).toEqual({
      HTTP: refused,
      SSE: refused,
      REST: refused,
      SOCKET: { code: null, status: 1009 }, // `ws` closes the socket without a reason.
    });
  });

  test('of a field that the caller may not read', async () => {
    const request: Request = {
      headers: anonymous(),
      query: '{ warehouses { nodes { id } } }',
      rest: { method: 'GET', path: '/warehouses' },
    };
    const codes = Object.values(await refusalsOf(request)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED']));
  });

  test('of guessed passwords, counted together over all transports', async () => {
    const input = { email: OWNER.email, password: 'wrong' };
    const request: Request = {
      headers: anonymous(),
      query: 'mutation ($input: LoginInput!) { x: login(input: $input) { accessToken: __typename } }',
      variables: { input },
      rest: { method: 'POST', path: '/auth/login', body: input },
    };
    let guesses = 0;
    for (; guesses < 50; guesses += 4) await refusalsOf(request);
    expect(await refusalsOf(request)).toEqual(operationRefusal('RATE_LIMITED', 429));
  });

  describe('a page of another origin', () => {
    const ofOrigin = (origin: string) => ({ origin, ...anonymous() });
    const isReadable = async (path: string, origin: string, accept: string) => {
      const response = await fetch(`${souk.url}${path}`, { headers: { ...ofOrigin(origin), accept } });
      await response.body?.cancel();
      return response.headers.get('access-control-allow-origin') !== null;
    };
    const upgrade = async (origin: string) => {
      const request = httpRequest(`${souk.url}/graphql`, {
        headers: {
          origin,
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
          'sec-websocket-protocol': 'graphql-transport-ws',
        },
      }).end();
      const answered = once(request, 'response').then(async ([response]) => [
        response.statusCode,
        response.headersDistinct['content-type'],
        await text(response),
      ]);
      const upgraded = once(request, 'upgrade').then(([response, socket]) => (socket.destroy(), [response.statusCode]));
      return Promise.race([answered, upgraded]);
    };

    test.each(['https://evil.example', 'null', 'http://127.0.0.1.evil.example', 'https://shop.example.evil.example'])(
      '%s reads no answer, and opens no socket',
      async (origin) => {
        const query = `/graphql?query=${encodeURIComponent('{ __typename }')}`;
        expect(await isReadable(query, origin, 'text/event-stream')).toBe(false);
        expect(await isReadable(query, origin, 'application/json')).toBe(false);
        expect(await isReadable('/api/v1/products', origin, 'application/json')).toBe(false);
        expect(await upgrade(origin)).toEqual([
          403,
          ['application/problem+json'],
          expect.stringContaining('"code":"ORIGIN_NOT_ALLOWED"'),
        ]);
      },
    );

    test('listed in the settings, and a page of this server, read responses and open sockets', async () => {
      expect(await isReadable('/api/v1/products', 'https://shop.example', 'application/json')).toBe(true);
      expect(await upgrade('https://shop.example')).toEqual([101]);
      expect(await upgrade(souk.url)).toEqual([101]);
    });
  });

  test.each([7, null, true, ['Bearer x'], { token: 'x' }])(
    'a socket whose `authorization` is %j is closed, and does not become anonymous',
    async (authorization) => {
      const headers = { ...anonymous(), Authorization: authorization } as unknown as Request['headers'];
      expect(await TRANSPORTS.SOCKET(souk.url, { ...browse(headers) })).toEqual({ code: 'Invalid', status: 4400 });
    },
  );
});

describe('a small limit refuses on every transport', () => {
  async function refusedWith(
    options: Parameters<typeof startTestSouk>[1],
    request: () => Request,
  ): Promise<Awaited<ReturnType<typeof refusalsOf>>> {
    souk = await startTestSouk(installation, options);
    try {
      return await refusalsOf(request());
    } finally {
      await souk.stop();
    }
  }

  test('an operation that costs too much', async () => {
    const protection = protectionOptions({ ...SETTINGS, maximumCost: 150 });
    expect(await refusedWith({ protection }, () => browse(anonymous()))).toEqual(
      operationRefusal('OPERATION_TOO_LARGE', 400),
    );
  });

  test('an operation that is nested too deep', async () => {
    const query = '{ products { nodes { variants { nodes { price { amount } } } } } }';
    expect(await refusedWith({ limits: { depth: 4 } }, () => browse(anonymous(), query))).toEqual(
      operationRefusal('OPERATION_TOO_LARGE', 400),
    );
  });

  test('a request more than the rate', async () => {
    // The two owners of the test shop have already logged in from the IP address of the test. The logins count as two requests.
    const rates = SETTINGS.rates && { ...SETTINGS.rates, address: 2 };
    const protection = protectionOptions({ ...SETTINGS, rates });
    expect(await refusedWith({ protection }, () => browse(anonymous()))).toEqual(requestRefusal('RATE_LIMITED', 429));
  });

  test('a request whose statement the database cancels is a 503 with Retry-After', async () => {
    const admin = await installation.database.connect();
    const name = (await admin.query('select quote_ident(current_database()) as name')).rows[0]?.name;
    await admin.query(`alter role catalog_app in database ${name} set statement_timeout = '500ms'`);
    souk = await startTestSouk(installation);
    try {
      await admin.query('begin; lock table catalog.product in access exclusive mode');
      expect(await refusalsOf(browse(anonymous()))).toEqual(operationRefusal('DATABASE_UNAVAILABLE', 503));
      for (const path of ['/graphql?query={products{nodes{id}}}', '/api/v1/products']) {
        const response = await fetch(`${souk.url}${path}`, {
          headers: { ...anonymous(), 'apollo-require-preflight': 'true' },
        });
        expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '1']);
      }
    } finally {
      await admin.query('rollback');
      await souk.stop();
    }
  });
});
