import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import {
  AttributeCreateDocument,
  cartCreate,
  CartCreateDocument,
  CartLinesUpdateDocument,
  cartShow,
  createHttpClient,
  createLiveClient,
  createSession,
  createSocketClient,
  LoginDocument,
  MeDocument,
  OrdersDocument,
  OrdersChangedDocument,
  OrderStatusChangedDocument,
  perform,
  ProductBySlugDocument,
  ProductListDocument,
  type Answer,
  type HttpClientOptions,
  type OrderStatusChangedSubscription,
  type Session,
  type SessionOptions,
  type SessionTokens,
  type SocketClient,
  type SoukError,
} from '@souk/sdk';
import { ORDER_CANCEL } from './testing/operations.ts';
import { openProxyWithoutUpgrades } from './testing/proxy-without-upgrades.ts';
import { OWNER } from './testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
const sent: Request[] = [];
const sockets: SocketClient[] = [];

beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
});

afterEach(async () => {
  sent.length = 0;
  await Promise.all(sockets.splice(0).map((socket) => socket.close()));
});

afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

function httpClient(options: Partial<HttpClientOptions> = {}) {
  return createHttpClient({
    url: `${souk.url}/graphql`,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push(request.clone());
      return fetch(request);
    },
    ...options,
  });
}

function socketClient(): SocketClient {
  const client = createSocketClient({ url: `${souk.url.replace('http', 'ws')}/graphql`, retryAttempts: 0 });
  sockets.push(client);
  return client;
}

const failureOf = (call: Promise<unknown>): Promise<SoukError> =>
  call.then(
    () => Promise.reject(new Error('The call succeeded, but the test expects a failure.')),
    (error: SoukError) => error,
  );

/**
 * Changes the text of an operation and therefore its id, but not its meaning. The new id is not among the persisted operations of the
 * gateway.
 */
function ofOtherVersion<Document extends { readonly body: string }>(document: Document): Document {
  const body = `${document.body}\n# of another version`;
  return { ...document, body, id: createHash('sha256').update(body).digest('hex') };
}

const bodies = () => Promise.all(sent.map((request): Promise<unknown> => request.json()));

describe('over HTTP', () => {
  test('an operation is sent by its id, and the data has the declared type', async () => {
    const { name } = await souk.shop.offer({ north: 3, south: 0, price: '12.50' });
    const { products } = await httpClient().run(ProductListDocument, { first: 1 });
    expect(products?.nodes.map((product) => product.name)).toEqual([name]);
    const persistedQuery = { version: 1, sha256Hash: ProductListDocument.id };
    expect(await bodies()).toEqual([
      { query: '', operationName: 'ProductList', variables: { first: 1 }, extensions: { persistedQuery } },
    ]);
  });

  test('an operation whose id the gateway does not know is sent once with its text', async () => {
    const document = ofOtherVersion(ProductBySlugDocument);
    const client = httpClient();
    for (const slug of ['one', 'two']) expect(await client.run(document, { slug })).toEqual({ product: null });
    expect(await bodies()).toMatchObject([{ query: '' }, { query: document.body }, { query: '' }]);
  });

  test('a mutation runs once, also when the gateway asks for its text', async () => {
    const { variantId } = await souk.shop.offer({ north: 3, south: 0 });
    const { cartCreate } = await httpClient().run(ofOtherVersion(CartCreateDocument), {
      input: { lines: [{ variantId, quantity: 2 }] },
    });
    expect(cartCreate?.userErrors).toEqual([]);
    expect(cartCreate?.cart?.lines.map(({ quantity }) => quantity)).toEqual([2]);
    expect(sent).toHaveLength(2);
  });

  test('queries can be sent by GET, equal ones to equal URLs, and mutations are sent by POST', async () => {
    const client = httpClient({ queriesByGet: true });
    for (const first of [1, 1, 2]) await client.run(ProductListDocument, { first });
    await client.run(CartCreateDocument, { input: {} });
    const [one, same, other, mutation] = sent.map(({ url }) => url);
    expect(one).toBe(same);
    expect(one).not.toBe(other);
    expect(mutation).toBe(`${souk.url}/graphql`);
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST']);
  });

  test('headers can be computed for each call, and added to one call', async () => {
    let headers = {};
    const client = httpClient({ headers: async () => headers });
    expect((await failureOf(client.run(OrdersDocument))).code).toBe('UNAUTHENTICATED');
    headers = souk.owner;
    expect((await client.run(OrdersDocument)).orders?.nodes).toEqual([]);
    await client.run(OrdersDocument, {}, { headers: { 'accept-language': 'de' } });
    expect(sent.at(-1)?.headers.get('accept-language')).toBe('de');
  });

  test('a refused operation throws an error with the code and the partial data', async () => {
    const error = await failureOf(httpClient().run(OrdersDocument));
    expect(error).toMatchObject({ name: 'SoukError', code: 'UNAUTHENTICATED', status: 200, data: { orders: null } });
    expect(error.errors.map(({ path }) => path)).toEqual([['orders']]);
  });

  test('`ask` returns partial data with the errors', async () => {
    const { data, errors } = await httpClient().ask(OrdersDocument);
    expect([data, errors.map(({ extensions }) => extensions?.code)]).toEqual([{ orders: null }, ['UNAUTHENTICATED']]);
  });

  test('the error code distinguishes a server that cannot be reached from one that is not GraphQL', async () => {
    const unreachable = httpClient({ url: 'http://127.0.0.1:1/graphql' });
    expect((await failureOf(unreachable.run(ProductListDocument))).code).toBe('NETWORK_ERROR');
    const other = httpClient({ url: `${souk.url}/health/live` });
    expect((await failureOf(other.run(ProductListDocument))).code).toBe('INVALID_ANSWER');
  });

  test('an aborted call fails with the reason of its caller', async () => {
    const reason = new Error('the page was left');
    const call = httpClient().run(ProductListDocument, {}, { signal: AbortSignal.abort(reason) });
    expect(await failureOf(call)).toBe(reason);
  });
});

describe('without a response', () => {
  /** A `fetch` that drops the first responses after the server has processed the requests. */
  const losing = (count: number, bodiesOf: unknown[]) => {
    let lost = 0;
    return async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      sent.push(request.clone());
      const response = await fetch(request);
      bodiesOf.push(await response.clone().json());
      lost += 1;
      if (lost <= count) throw new TypeError('the connection broke');
      return response;
    };
  };

  test('a mutation is sent again with the same idempotency key, and runs once', async () => {
    const answers: unknown[] = [];
    const { cartCreate } = await httpClient({ fetch: losing(1, answers) }).run(CartCreateDocument, { input: {} });
    expect(answers).toMatchObject(
      Array.from({ length: 2 }, () => ({ data: { cartCreate: { cart: { id: cartCreate?.cart?.id } } } })),
    );
    const [first, second] = await bodies();
    expect(first).toEqual(second);
    expect(first).toMatchObject({ variables: { input: { idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/) } } });
  });

  test("a caller's own idempotency key stays", async () => {
    const idempotencyKey = randomUUID();
    await httpClient().run(CartCreateDocument, { input: { idempotencyKey } });
    expect(await bodies()).toMatchObject([{ variables: { input: { idempotencyKey } } }]);
  });

  test('a mutation that takes no key is sent once', async () => {
    const client = httpClient({ fetch: losing(1, []) });
    expect((await failureOf(client.run(LoginDocument, { input: OWNER }))).code).toBe('NETWORK_ERROR');
    expect(sent).toHaveLength(1);
  });

  test('a query is sent again as often as the client allows', async () => {
    const client = httpClient({ fetch: losing(3, []), retryAttempts: 1 });
    expect((await failureOf(client.run(ProductListDocument))).code).toBe('NETWORK_ERROR');
    expect(sent).toHaveLength(2);
  });

  test('a gateway that is starting is asked again', async () => {
    let isReady = false;
    const starting = async (input: string | URL | Request, init?: RequestInit) => {
      if (isReady) return fetch(input, init);
      isReady = true;
      return new Response('<h1>Bad gateway</h1>', { status: 502 });
    };
    const { products } = await httpClient({ fetch: starting }).run(ProductListDocument, { first: 1 });
    expect(products?.nodes).toHaveLength(1);
  });
});

describe('as typed values', () => {
  const missing = { cartId: randomUUID(), lines: [] };

  test('a mutation that succeeds is done, with its payload', async () => {
    const outcome = await perform(httpClient(), CartCreateDocument, { input: {} });
    expect(outcome).toMatchObject({ kind: 'done', payload: { cart: { status: 'ACTIVE' } } });
  });

  test('a refused mutation has its refusals', async () => {
    const outcome = await perform(httpClient(), CartLinesUpdateDocument, { input: missing });
    expect(outcome).toMatchObject({ kind: 'refused', refusals: [{ code: 'NOT_FOUND' }] });
  });

  test('a mutation without a login has failed, with its error', async () => {
    const outcome = await perform(httpClient(), AttributeCreateDocument, { input: { code: 'size', name: 'Size' } });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'UNAUTHENTICATED' } });
  });

  test('each operation is a function too', async () => {
    const { cartCreate: created } = await cartCreate(httpClient(), { input: {} });
    const id = created?.cart?.id ?? '';
    expect((await cartShow(httpClient(), { id })).cart?.id).toBe(id);
  });
});

describe('with a session', () => {
  const sessionOf = (options: Partial<SessionOptions> = {}) =>
    createSession({ url: `${souk.url}/graphql`, ...options });
  const owner = async (session: Session) => (await httpClient({ session }).ask(MeDocument, {})).data?.me?.email;
  /** A token store with the tokens of a login. The given tokens replace some of them. */
  const storeAfterLogin = async (replaced: Partial<SessionTokens>) => {
    let tokens: SessionTokens | null = null;
    const store = { read: () => tokens, write: (next: SessionTokens | null) => void (tokens = next) };
    await sessionOf({ store }).logIn(OWNER);
    store.write({ ...(store.read() as unknown as SessionTokens), ...replaced });
    return store;
  };

  test('requests are sent with the token of the login, and without one after the logout', async () => {
    const session = sessionOf();
    expect(await owner(session)).toBeUndefined();
    expect((await session.logIn(OWNER))?.userErrors).toEqual([]);
    expect(await owner(session)).toBe(OWNER.email);
    await session.logOut();
    expect([session.isLoggedIn, await owner(session)]).toEqual([false, undefined]);
  });

  test('a wrong password is a refusal of the login', async () => {
    const session = sessionOf();
    const login = await session.logIn({ ...OWNER, password: 'a wrong password' });
    expect([login?.userErrors.length, session.isLoggedIn]).toEqual([1, false]);
  });

  test('a token that expires soon is renewed once for all requests at the same time', async () => {
    const store = await storeAfterLogin({ expiresAt: new Date().toISOString() });
    const before = store.read()?.refreshToken;
    const session = sessionOf({ store });
    expect(await Promise.all([owner(session), owner(session)])).toEqual([OWNER.email, OWNER.email]);
    expect(store.read()?.refreshToken).not.toBe(before);
  });

  test('a request with a token that the gateway refuses is sent again with a new token', async () => {
    const session = sessionOf({ store: await storeAfterLogin({ accessToken: 'not a token' }) });
    expect(await owner(session)).toBe(OWNER.email);
  });

  test('a session that the gateway has ended is over, and requests go on without a login', async () => {
    let ends = 0;
    const store = await storeAfterLogin({ accessToken: 'not a token', refreshToken: 'not a token' });
    const session = sessionOf({ store, onEnd: () => void (ends += 1) });
    expect(await owner(session)).toBeUndefined();
    expect([session.isLoggedIn, ends]).toEqual([false, 1]);
  });
});

describe('where no WebSocket can be opened', () => {
  test('a subscription is delivered by an event stream', async () => {
    const { id, accessToken } = await souk.buyer.order(await souk.shop.offer({ north: 3, south: 0 }));
    const proxy = await openProxyWithoutUpgrades(souk.url);
    const before = souk.lines.openings;
    const live = createLiveClient({ url: `${proxy.url}/graphql` });
    sockets.push(live);
    const received: unknown[] = [];
    live.subscribe(
      OrderStatusChangedDocument,
      { orderId: id, accessToken },
      {
        next: ({ data }) => received.push(data?.orderStatusChanged.order?.status),
        error: (error) => received.push(error),
      },
    );
    await until(() => souk.lines.openings > before || received.length > 0);
    await souk.data(ORDER_CANCEL, { input: { orderId: id, reason: 'a test' } }, souk.owner);
    await until(() => received.includes('CANCELED'));
    expect(proxy.refusedUpgrades).toBeGreaterThan(0);
    await live.close();
    await proxy.close();
  });

  test.each([
    ['by its id', OrderStatusChangedDocument],
    ['by its text when the gateway does not know the id', ofOtherVersion(OrderStatusChangedDocument)],
  ])('a refused subscription that is sent %s fails with the error of the gateway', async (_how, document) => {
    const failed = Promise.withResolvers<SoukError>();
    const live = createLiveClient({ url: `${souk.url}/graphql`, transport: 'events' });
    live.subscribe(
      document,
      { orderId: randomUUID(), accessToken: 'wrong' },
      { next: () => undefined, error: failed.resolve },
    );
    expect((await failed.promise).errors).toHaveLength(1);
  });

  test('an invalid login fails, and is not tried again', async () => {
    const failed = Promise.withResolvers<SoukError>();
    const headers = { authorization: 'Bearer nonsense' };
    const live = createLiveClient({ url: `${souk.url}/graphql`, headers, transport: 'events' });
    live.subscribe(OrdersChangedDocument, {}, { next: () => undefined, error: failed.resolve });
    expect(await failed.promise).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('over a WebSocket', () => {
  test.each([
    ['by its id', OrderStatusChangedDocument],
    ['by its text when the gateway does not know the id', ofOtherVersion(OrderStatusChangedDocument)],
  ])('a subscription is started %s, and delivers events', async (_how, document) => {
    const { id, accessToken } = await souk.buyer.order(await souk.shop.offer({ north: 3, south: 0 }));
    const before = souk.lines.openings;
    const received: Answer<OrderStatusChangedSubscription>[] = [];
    const end = socketClient().subscribe(
      document,
      { orderId: id, accessToken },
      {
        next: (answer) => received.push(answer),
        error: (error) => expect(error).toBeUndefined(),
      },
    );
    await until(() => souk.lines.openings > before);
    await souk.data(ORDER_CANCEL, { input: { orderId: id, reason: 'a test' } }, souk.owner);
    await until(() => received.some(({ data }) => data?.orderStatusChanged.order?.status === 'CANCELED'));
    end();
  });

  test('a refused subscription fails with the error of the gateway', async () => {
    const failed = Promise.withResolvers<SoukError>();
    socketClient().subscribe(
      OrderStatusChangedDocument,
      { orderId: randomUUID(), accessToken: 'wrong' },
      { next: () => undefined, error: failed.resolve },
    );
    expect((await failed.promise).errors).toHaveLength(1);
  });

  test('a refused socket fails with the reason of the gateway', async () => {
    const failed = Promise.withResolvers<SoukError>();
    const client = createSocketClient({
      url: `${souk.url.replace('http', 'ws')}/graphql`,
      headers: { authorization: 'Bearer nonsense' },
    });
    sockets.push(client);
    client.subscribe(OrdersChangedDocument, {}, { next: () => undefined, error: failed.resolve });
    expect(await failed.promise).toMatchObject({ code: 'SOCKET_CLOSED', message: expect.stringContaining('token') });
  });
});
