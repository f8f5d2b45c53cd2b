import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { systemClock } from '@souk/kit/domain';
import { ContextSigner, ContextVerifier, createSubgraphServer } from '@souk/platform/http';
import { createProcessMetrics } from '@souk/platform/metrics';
import { createLogger } from '@souk/kit/runtime';
import { httpTransport } from '../remote/http-transport.ts';
import { openEventStream } from '../testing/event-stream.ts';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import { rawSocket } from '../testing/raw-socket.ts';
import { DEFAULT_RATES } from './rates/rate-options.ts';
import { shopFixture, shopSchema } from './testing/shop-fixture.ts';

const GUESSES = 3;
const LOGIN = {
  name: 'login',
  fields: { 'Mutation.login': 'input.email' },
  countsSuccesses: false,
  perAccount: { limit: GUESSES, windowMs: 900_000 },
  perAddress: { limit: 100, windowMs: 900_000 },
};

/**
 * Equivalent operation texts for one login. The client chooses aliases and selected fields, which must not yield
 * additional guesses.
 */
const SHAPES: Readonly<Record<string, string>> = {
  plainly: 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
  'with `__typename` for the token':
    'mutation ($input: LoginInput!) { login(input: $input) { accessToken: __typename } }',
  'with another field for the token': 'mutation ($input: LoginInput!) { login(input: $input) { accessToken: email } }',
  'in a fragment': `mutation ($input: LoginInput!) { ...Root }
    fragment Root on Mutation { login(input: $input) { ...Payload } }
    fragment Payload on LoginPayload { accessToken: __typename }`,
  'with `@include`': `mutation ($input: LoginInput!, $yes: Boolean = true) {
    login(input: $input) { accessToken: email @include(if: $yes) t: accessToken @skip(if: $yes) } }`,
  'under another name': 'mutation ($input: LoginInput!) { x: login(input: $input) { email } }',
  'beside a field that succeeds': `mutation ($input: LoginInput!) {
    accessToken: cartLinesAdd(input: { cartId: "c" }) { accessToken: id } login(input: $input) { __typename } }`,
};

type Code = string | null;
interface Guess {
  readonly query: string;
  readonly variables: unknown;
}

/** Functions that send a guess over each transport. They return the error code of a refusal, or null for an answer. */
const TRANSPORTS: Readonly<Record<string, (url: string, guess: Guess) => Promise<Code>>> = {
  async HTTP(url, guess) {
    const body = JSON.stringify(guess);
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    return codeIn(await answer.json());
  },
  async SSE(url, { query, variables }) {
    const { events } = await openEventStream(url, { query, variables });
    return codeIn((await events)[0]?.[1]);
  },
  async SOCKET(url, payload) {
    const { socket, send, next } = await rawSocket(url, { init: {} });
    send({ id: '1', type: 'subscribe', payload });
    const answer = await next();
    socket.terminate();
    return codeIn(answer);
  },
};

const codeIn = (answer: unknown): Code => /"code":"(\w+)"/.exec(JSON.stringify(answer))?.[1] ?? null;

let gateway: FixtureGateway;
let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await gateway.app.close();
  for (const close of closing) await close();
  closing = [];
});

async function start(where: 'in process' | 'over HTTP'): Promise<void> {
  const shop = where === 'in process' ? shopFixture() : await remoteShop();
  gateway = await startFixtureGateway({ ...shop, rates: { ...DEFAULT_RATES, sensitive: [LOGIN] } });
}

/** Starts the shop behind the HTTP server of the kit, as in production. */
async function remoteShop() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const clock = systemClock;
  const logger = createLogger({ level: 'silent' });
  const signer = new ContextSigner({ privateKeyPem: privateKey, clock });
  const server = createSubgraphServer({
    schema: shopSchema(),
    logger,
    verifier: new ContextVerifier({ publicKeysPem: publicKey, audience: 'shop', clock }),
    times: createProcessMetrics('shop').operations,
  });
  const url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const headersOf = (context: RequestContext) => signer.headers('shop', context);
  closing.push(() => server.close());
  return shopFixture(httpTransport({ name: 'shop', url, logger, headersOf }));
}

const cases = (['in process', 'over HTTP'] as const).flatMap((where) =>
  Object.keys(TRANSPORTS).flatMap((transport) =>
    Object.keys(SHAPES).map((shape) => [where, transport, shape] as const),
  ),
);

describe('passwords cannot be guessed', () => {
  test.each(cases)('by a subgraph %s, over %s, asked for %s', async (where, transport, shape) => {
    await start(where);
    const send = TRANSPORTS[transport];
    if (!send) throw new Error('no such transport');
    const guess = (password: string) => {
      const input = { email: 'owner@shop.test', password };
      return send(gateway.url, { query: SHAPES[shape] ?? '', variables: { input } });
    };
    const codes: Code[] = [];
    for (let n = 0; n < GUESSES + 2; n += 1) codes.push(await guess('right')); // employees of one office log in at the same hour
    for (let n = 0; n < GUESSES; n += 1) codes.push(await guess('wrong'));
    expect(codes.filter((code) => code !== null)).toEqual([]);
    expect(await guess('wrong')).toBe('RATE_LIMITED');
  });
});

test('the report of a subgraph does not reach the client', async () => {
  await start('in process');
  const input = { email: 'owner@shop.test', password: 'right' };
  const { body } = await gateway.graphql(SHAPES['plainly'] ?? '', {}, { input });
  expect(body).toEqual({ data: { login: { accessToken: 'token' } } });
});
