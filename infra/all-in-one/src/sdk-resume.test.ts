import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import {
  createLiveClient,
  createSocketClient,
  OrdersChangedDocument,
  type SocketClient,
  type SoukError,
} from '@souk/sdk';
import { openTestProxy, type TestProxy } from './testing/test-proxy.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
let proxy: TestProxy;
let client: SocketClient;

beforeAll(async () => {
  installation = await openInstallation();
});

beforeEach(async () => {
  souk = await startTestSouk(installation);
  proxy = await openTestProxy(portOf(souk));
  client = createSocketClient({ url: `ws://127.0.0.1:${proxy.port}/graphql`, headers: () => souk.owner });
});

afterEach(async () => {
  await client.close();
  await proxy.close();
  await souk.stop();
});

afterAll(() => installation.database.drop());

/** The clients under test: one over a WebSocket, one over event streams. */
const CLIENTS = [
  ['a WebSocket', () => client],
  [
    'event streams',
    () =>
      createLiveClient({
        url: `http://127.0.0.1:${proxy.port}/graphql`,
        headers: () => souk.owner,
        transport: 'events',
      }),
  ],
] as const;

const portOf = ({ url }: TestSouk) => Number(new URL(url).port);
const placeOrder = async () => souk.buyer.order(await souk.shop.offer({ north: 3, south: 0 }));

const HISTORY = `query History($first: Int!) { orders(first: $first) { nodes { id events { nodes { type } } } } }`;
type Order = { readonly id: string; readonly events: { readonly nodes: readonly { readonly type: string }[] } };

/** Returns the event types of the newest orders from the order history, by order id. */
async function history(first: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const { orders } = await souk.data(HISTORY, { first }, souk.owner);
  return new Map(orders.nodes.map(({ id, events }: Order) => [id, events.nodes.map(({ type }) => type)]));
}

/** Subscribes to all orders, and collects the received event types by order id. */
function watch(more: { readonly onNext?: () => void; readonly missed?: () => void } = {}) {
  const received = new Map<string, string[]>();
  const failures: SoukError[] = [];
  client.subscribe(
    OrdersChangedDocument,
    {},
    {
      next({ data }) {
        const { type = '', order } = data?.ordersChanged ?? {};
        received.set(order?.id ?? '', [...(received.get(order?.id ?? '') ?? []), type]);
        more.onNext?.();
      },
      error: (error) => void failures.push(error),
      ...(more.missed && { missed: more.missed }),
    },
  );
  return { received, failures };
}

/** Waits until the received events equal the history of the newest orders. Each event must be received once and in order. */
async function untilReceived(received: ReadonlyMap<string, readonly string[]>, orders: number): Promise<void> {
  const textOf = (each: ReadonlyMap<string, readonly string[]>) =>
    JSON.stringify([...each].toSorted(([one], [other]) => one.localeCompare(other)));
  const isReceived = async () => textOf(received) === textOf(await history(orders));
  await until(isReceived).catch(async () => expect(received).toEqual(await history(orders)));
}

const begun = () => until(() => souk.lines.openings > 0);

test.each(CLIENTS)(
  'over %s, a subscriber whose connection is cut again and again receives each event once and in order',
  async (_name, clientOf) => {
    client = clientOf();
    const ORDERS = 6;
    let answers = 0;
    const { received, failures } = watch({
      onNext: () => {
        answers += 1;
        if (answers % 3 === 0) proxy.cut();
      },
    });
    await begun();
    for (let placed = 0; placed < ORDERS; placed += 1) await placeOrder();
    await untilReceived(received, ORDERS);
    expect(failures).toEqual([]);
    expect(proxy.connections).toBeGreaterThan(1);
  },
);

test('two subscriptions on one socket resume after a cut, each at its own position', async () => {
  const both = [watch(), watch()];
  await begun();
  await placeOrder();
  for (const { received } of both) await untilReceived(received, 1);
  proxy.cut();
  await placeOrder();
  for (const { received } of both) await untilReceived(received, 2);
});

/** Restarts Souk. The stopped process kept the history of events in memory, so the new process does not have it. */
async function restart(): Promise<void> {
  await souk.stop();
  souk = await startTestSouk(installation);
  proxy.redirect(portOf(souk));
}

test('after a restart of the only process a subscriber fails, because events may be missing', async () => {
  const { received, failures } = watch();
  await begun();
  await placeOrder();
  await until(() => received.size === 1);
  await restart();
  await until(() => failures.length > 0);
  expect(failures).toMatchObject([{ code: 'RESUME_POSITION_LOST' }]);
});

test.each(CLIENTS)(
  'over %s, a subscriber with the callback `missed` gets it instead of an error, and continues',
  async (_name, clientOf) => {
    client = clientOf();
    let missed = 0;
    const { received, failures } = watch({ missed: () => void (missed += 1) });
    await begun();
    await placeOrder();
    await until(() => received.size === 1);
    await restart();
    await until(() => missed > 0);
    const { id } = await placeOrder();
    await until(() => received.has(id));
    expect([missed, failures]).toEqual([1, []]);
  },
);
