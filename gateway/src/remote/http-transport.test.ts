import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testContext, until } from '@souk/kit/testing';
import { pino } from 'pino';
import type { SubgraphRequest } from '@souk/engine/subgraphs';
import type { ForwardingContext } from '../identity/caller-key.ts';
import { answerJson, startRemoteServer, type RemoteScript, type RemoteServer } from '../testing/remote-server.ts';
import { httpTransport, type RemoteTransport } from './http-transport.ts';
import type { RemoteSubgraphOptions } from './remote-options.ts';

let stops: (() => Promise<void>)[];
let logs: string[];
beforeEach(() => {
  stops = [];
  logs = [];
});
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
});

const HELLO = { data: { hello: 'world' } };
const CALLER = testContext();

type Options = Partial<RemoteSubgraphOptions>;

async function serve(script: RemoteScript): Promise<RemoteServer> {
  const server = await startRemoteServer(script);
  stops.push(server.close);
  return server;
}

function connect(url: string, options: Options = {}): RemoteTransport {
  const logger = pino({ level: 'warn' }, { write: (line: string) => logs.push(line) });
  const transport = httpTransport({
    name: 'hello',
    url,
    logger,
    retries: { initialDelayMs: 1, maxDelayMs: 2 },
    ...options,
  });
  stops.push(transport.close);
  return transport;
}

async function remote(script: RemoteScript, options: Options = {}) {
  const server = await serve(script);
  return { server, transport: connect(server.url, options) };
}

function request(overrides: Partial<SubgraphRequest> = {}): SubgraphRequest {
  return { query: 'query Hello { hello }', operationName: 'Hello', variables: {}, context: CALLER, ...overrides };
}

const MUTATION = request({ query: 'mutation { ping }', operationName: undefined });

/** Holds all requests until the test calls `answer()`, which answers them. */
function onDemand() {
  const waiting: (() => void)[] = [];
  const script: RemoteScript = (response) => void waiting.push(() => answerJson(response, HELLO));
  return { script, answer: () => waiting.splice(0).forEach((each) => each()) };
}

test.each([
  ['of a client whose forwarded credentials are refused is sent once', {}, 1, 'Error'],
  [
    'whose signed context is refused is sent again',
    { sockets: { authority: 'operation' } },
    3,
    'SubgraphUnavailableError',
  ],
] as const)('the mutation %s', async (_what, options, times, name) => {
  const { server, transport } = await remote((response) => answerJson(response, { title: 'Expired' }, 401), options);
  await expect(transport.fetch(MUTATION)).rejects.toMatchObject({ name, message: expect.stringContaining('401') });
  expect(server.questions.length).toBe(times);
  expect(logs.filter((line) => line.includes('CONTEXT_PUBLIC_KEYS_FILE')).length).toBe(times === 1 ? 0 : 1);
});

test('an operation is posted as GraphQL over HTTP specifies, and answered', async () => {
  const { server, transport } = await remote((response) => answerJson(response, HELLO));
  const variables = { text: 'a "quoted" one', list: [1, null] };
  expect(await transport.fetch(request({ variables }))).toEqual(HELLO);
  const [{ headers, body } = { headers: {}, body: '' }] = server.questions;
  expect(JSON.parse(body)).toEqual({ query: 'query Hello { hello }', operationName: 'Hello', variables });
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    accept: expect.stringContaining('application/graphql-response+json'),
    'x-request-id': CALLER.requestId,
    'x-correlation-id': CALLER.correlationId,
  });
});

test('connections are reused', async () => {
  let connections = 0;
  const { server, transport } = await remote((response) => answerJson(response, HELLO));
  server.server.on('connection', () => (connections += 1));
  for (const _ of Array(10)) await transport.fetch(request());
  expect(connections).toBeLessThanOrEqual(2); // the next request may start before the last one has released its connection
});

describe('an answer', () => {
  test('keeps its errors with their paths and extensions', async () => {
    const error = { message: 'No', path: ['hello', 0], extensions: { code: 'CLOSED' } };
    const { transport } = await remote((response) => answerJson(response, { data: { hello: null }, errors: [error] }));
    const { errors = [] } = await transport.fetch(request());
    expect(errors.map((each) => each.toJSON())).toEqual([error]);
  });

  test.each([400, 500, 503])('of status %p is used when it is GraphQL', async (status) => {
    const { server, transport } = await remote((response) =>
      answerJson(response, { errors: [{ message: 'No such field' }] }, status),
    );
    expect(await transport.fetch(request())).toMatchObject({ errors: [{ message: 'No such field' }] });
    expect(server.questions).toHaveLength(1);
  });

  test.each([
    ['text', 'Bad Gateway <html>', 500],
    ['JSON of something else', '{"message":"hi"}', 200],
    ['a list', '[{"data":{}}]', 200],
    ['data of the wrong kind', '{"data":[1]}', 200],
    ['errors of the wrong kind', '{"data":null,"errors":["bad"]}', 200],
    ['half of an answer', '{"data":{"hel', 200],
    ['nothing', '', 200],
  ])('that is %s fails with an excerpt of the body', async (_, body, status) => {
    const { server, transport } = await remote((response) => response.writeHead(status).end(body));
    const failed = transport.fetch(request());
    await expect(failed).rejects.toThrow(server.url);
    await expect(failed).rejects.toThrow(`returned ${status} with a body that is not a GraphQL response`);
    expect(server.questions).toHaveLength(1);
  });

  test('that is not HTTP fails without a retry', async () => {
    const { server, transport } = await remote((response) => response.socket?.end('SSH-2.0-hello\r\n'));
    await expect(transport.fetch(request())).rejects.toThrow('could not be read');
    expect(server.questions).toHaveLength(1);
  });

  test('that is larger than allowed fails', async () => {
    const { transport } = await remote((response) => answerJson(response, HELLO), { maxAnswerBytes: 10 });
    await expect(transport.fetch(request())).rejects.toThrow('could not be read');
  });
});

describe('a subgraph that does not answer', () => {
  const reset: RemoteScript = (response) => void response.socket?.resetAndDestroy();

  test('receives a query again', async () => {
    const { transport } = await remote((response, asked, question) =>
      question < 2 ? reset(response, asked, question) : answerJson(response, HELLO),
    );
    expect(await transport.fetch(request())).toEqual(HELLO);
  });

  test.each([502, 503, 504])('with status %p receives the query again', async (status) => {
    const { transport } = await remote((response, _asked, question) =>
      question === 0 ? response.writeHead(status).end('<html>') : answerJson(response, HELLO),
    );
    expect(await transport.fetch(request())).toEqual(HELLO);
  });

  test('does not receive a mutation again', async () => {
    const { server, transport } = await remote(reset);
    await expect(transport.fetch(MUTATION)).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    expect(server.questions).toHaveLength(1);
  });

  test('fails the request after the last attempt', async () => {
    const { server, transport } = await remote(reset, { retries: { attempts: 2, initialDelayMs: 1 }, breaker: null });
    await expect(transport.fetch(request())).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    expect(server.questions).toHaveLength(3);
  });

  test('gets no more retries than the budget allows', async () => {
    const options = { retries: { attempts: 5, initialDelayMs: 1, maxDelayMs: 1, budget: 0 }, breaker: null };
    const { server, transport } = await remote(reset, options);
    for (const _ of Array(20)) await transport.fetch(request()).catch(() => null);
    expect(server.questions.length).toBeLessThanOrEqual(30);
    expect(server.questions.length).toBeGreaterThan(20);
  });

  test('before the deadline fails the request', async () => {
    const { server, transport } = await remote(() => undefined, { timeoutMs: 20 });
    await expect(transport.fetch(request())).rejects.toMatchObject({ reason: 'TIMED_OUT' });
    expect(server.questions).toHaveLength(1);
  });

  test('completely before the deadline fails the request', async () => {
    const { transport } = await remote((response) => response.write('{"data":'), { timeoutMs: 50 });
    await expect(transport.fetch(request())).rejects.toMatchObject({ reason: 'TIMED_OUT' });
  });

  test('while all connections are busy fails the request at the deadline, too', async () => {
    const { server, transport } = await remote(() => undefined, { timeoutMs: 50, connections: 1 });
    const both = [{ n: 1 }, { n: 2 }].map((variables) => transport.fetch(request({ variables })));
    for (const each of await Promise.allSettled(both)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { reason: 'TIMED_OUT' } });
    }
    expect(server.questions.length).toBeLessThanOrEqual(2);
  });

  test('is logged once, with its address, until it answers again', async () => {
    let up = false;
    const { server, transport } = await remote(
      (response, ...rest) => (up ? answerJson(response, HELLO) : reset(response, ...rest)),
      { breaker: null },
    );
    for (const _ of Array(5)) await transport.fetch(MUTATION).catch(() => null);
    expect(logs).toHaveLength(1);
    expect(logs[0]).toContain(server.url);
    up = true;
    await transport.fetch(MUTATION);
    expect(logs).toHaveLength(2);
    expect(JSON.parse(logs[1] ?? '')).toMatchObject({ service: 'hello', failures: 5 });
  });
});

describe('the circuit breaker', () => {
  const broken = { breaker: { failures: 3, openMs: 100 }, retries: { attempts: 0 } };
  const ask = (transport: RemoteTransport) =>
    transport.fetch(request()).then(
      () => 'answered',
      (error: { reason?: string }) => error.reason,
    );

  test('opens when a subgraph is gone, tries it with one request, and closes when that is answered', async () => {
    const waiting = onDemand();
    let up = false;
    const { server, transport } = await remote(
      (response, ...rest) => (up ? waiting.script(response, ...rest) : response.socket?.resetAndDestroy()),
      { ...broken, shareQueries: false },
    );
    for (const _ of [1, 2, 3]) expect(await ask(transport)).toBe('UNREACHABLE');
    expect(await ask(transport)).toBe('CIRCUIT_OPEN');
    expect(server.questions).toHaveLength(3);
    up = true;
    // The circuit breaker lets this request through as its trial. The server does not answer it yet.
    // A request before that time is refused immediately, and the next one is sent only then.
    let trial = ask(transport);
    let isRefused = false;
    const noteRefusal = (result?: string) => void (isRefused = result === 'CIRCUIT_OPEN');
    void trial.then(noteRefusal);
    await until(() => {
      if (isRefused) {
        isRefused = false;
        trial = ask(transport);
        void trial.then(noteRefusal);
      }
      return server.questions.length === 4;
    });
    const other = ask(transport);
    expect(server.questions).toHaveLength(4);
    waiting.answer();
    expect(await trial).toBe('answered');
    await until(() => server.questions.length === 5);
    waiting.answer();
    expect(await other).toBe('answered');
    expect(logs.map((line) => JSON.parse(line).msg)).toEqual([
      expect.stringContaining('does not answer'),
      expect.stringContaining('circuit breaker'),
      expect.stringContaining('answers again'),
    ]);
  });

  test('does not open for failures with an answer between them', async () => {
    const { server, transport } = await remote((response) => {
      const isThird = server.questions.length % 3 === 0;
      if (isThird) answerJson(response, HELLO);
      else response.socket?.resetAndDestroy();
    }, broken);
    const outcomes: unknown[] = [];
    for (const _ of Array(6)) outcomes.push(await ask(transport));
    expect(outcomes).toEqual(['UNREACHABLE', 'UNREACHABLE', 'answered', 'UNREACHABLE', 'UNREACHABLE', 'answered']);
  });

  test('does not open for answers, whatever their content', async () => {
    const { transport } = await remote((response) => response.writeHead(500).end('<html>'), broken);
    for (const _ of Array(10)) await expect(transport.fetch(request())).rejects.toThrow('returned 500');
  });
});

describe('equal queries at the same time', () => {
  const other = testContext();
  const user = { ...CALLER, actor: { kind: 'user', userId: 'u', role: 'STAFF', scopes: ['a'] } } as const;
  const forwarding = (authorization: string): ForwardingContext => ({ ...CALLER, forwarded: { authorization } });

  /** The number of HTTP requests that reach the subgraph when all given requests start together. */
  async function asked(...requests: readonly SubgraphRequest[]): Promise<number> {
    const waiting = onDemand();
    const { server, transport } = await remote(waiting.script);
    const all = requests.map((each) => transport.fetch(each));
    // A query that cannot be shared is sent last. When it has arrived, all other requests have arrived too.
    const last = transport.fetch(request({ query: '{ last: hello }' }));
    await until(() => server.questions.some(({ body }) => body.includes('last')));
    await until(() => {
      waiting.answer();
      return Promise.race([Promise.all([...all, last]).then(() => true), new Promise((go) => setImmediate(go, false))]);
    });
    return server.questions.length - 1;
  }

  test('are sent once', async () => {
    const same = { ...CALLER, requestId: 'another', trace: { traceparent: '00-1' } };
    expect(await asked(request(), request(), request({ context: same }))).toBe(1);
  });

  test.each([
    ['texts', { query: '{ hello }' }],
    ['operations', { operationName: 'Other' }],
    ['variables', { variables: { a: 1 } }],
    ['tenants', { context: { ...CALLER, tenantId: other.tenantId } }],
    ['actors', { context: user }],
    ['languages', { context: { ...CALLER, locale: 'fr' } }],
    ['forwarded headers', { context: forwarding('Bearer a') }],
  ])('of different %s are each sent', async (_, difference) => {
    expect(await asked(request(), request(difference))).toBe(2);
  });

  test.each([
    ['users', { actor: { ...user.actor, userId: 'v' } }],
    ['roles', { actor: { ...user.actor, role: 'OWNER' } }],
    ['scopes', { actor: { ...user.actor, scopes: ['b'] } }],
  ])('of different %s are each sent', async (_, difference) => {
    expect(await asked(request({ context: user }), request({ context: { ...user, ...difference } }))).toBe(2);
  });

  test('of different credentials are each sent', async () => {
    const [one, two] = [forwarding('Bearer a'), forwarding('Bearer b')];
    expect(await asked(request({ context: one }), request({ context: two }))).toBe(2);
  });

  test('are each sent when they are mutations', async () => {
    expect(await asked(MUTATION, MUTATION)).toBe(2);
  });

  test('give each caller its own copy of the answer', async () => {
    const waiting = onDemand();
    const { server, transport } = await remote(waiting.script);
    const [one, two] = [transport.fetch(request()), transport.fetch(request())];
    await until(() => server.questions.length === 1);
    waiting.answer();
    const [first, second] = await Promise.all([one, two]);
    Object.assign(first.data ?? {}, { hello: 'overwritten' });
    expect(second).toEqual(HELLO);
  });

  test('fail together', async () => {
    const { server, transport } = await remote((response) => response.writeHead(500).end('<html>'));
    const both = [transport.fetch(request()), transport.fetch(request())];
    for (const each of await Promise.allSettled(both)) expect(each.status).toBe('rejected');
    expect(server.questions).toHaveLength(1);
  });

  test('are sent again after a mutation', async () => {
    const waiting = onDemand();
    const { server, transport } = await remote((response, asked, question) =>
      asked.body.includes('mutation') ? answerJson(response, HELLO) : waiting.script(response, asked, question),
    );
    const before = transport.fetch(request());
    await until(() => server.questions.length === 1);
    await transport.fetch(MUTATION);
    const after = transport.fetch(request());
    await until(() => server.questions.length === 3);
    waiting.answer();
    expect(await Promise.all([before, after])).toEqual([HELLO, HELLO]);
  });

  test('are each sent where sharing is switched off', async () => {
    const { server, transport } = await remote((response) => answerJson(response, HELLO), { shareQueries: false });
    await Promise.all([transport.fetch(request()), transport.fetch(request())]);
    expect(server.questions).toHaveLength(2);
  });
});

test('a request carries the configured headers and the ids', async () => {
  const { server, transport } = await remote((response) => answerJson(response, HELLO));
  const context: ForwardingContext = {
    ...CALLER,
    forwarded: { authorization: 'Bearer a' },
    trace: { traceparent: '00-1' },
  };
  await transport.fetch(request({ context }));
  expect(server.questions[0]?.headers).toMatchObject({ authorization: 'Bearer a', traceparent: '00-1' });
  const signed = connect(server.url, { headersOf: ({ tenantId }) => ({ 'x-signed': tenantId }) });
  await signed.fetch(request());
  expect(server.questions[1]?.headers['x-signed']).toBe(CALLER.tenantId);
});
