import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import {
  CartCreateDocument,
  createHttpClient,
  createSocketClient,
  OrdersDocument,
  OrdersChangedDocument,
  OrderStatusChangedDocument,
  ProductBySlugDocument,
  ProductListDocument,
  type Answer,
  type HttpClientOptions,
  type OrderStatusChangedSubscription,
  type SocketClient,
  type SoukError,
} from '@souk/sdk';
import { ORDER_CANCEL } from './testing/operations.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
/** The sent requests. */
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

/** Changes the text of an operation, and therefore its id, without changing its meaning. The gateway does not know the new id. */
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
