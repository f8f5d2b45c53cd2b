import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { createSocketClient, OrdersChangedDocument, type SocketClient, type SoukError } from '@souk/sdk';
import { openFragileLine, type FragileLine } from './testing/fragile-line.ts';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from './testing/test-souk.ts';

let estate: TestEstate;
let souk: TestSouk;
let line: FragileLine;
let client: SocketClient;

beforeAll(async () => {
  estate = await openEstate();
});

beforeEach(async () => {
  souk = await startTestSouk(estate);
  line = await openFragileLine(portOf(souk));
  client = createSocketClient({ url: `ws://127.0.0.1:${line.port}/graphql`, headers: () => souk.owner });
});

afterEach(async () => {
  await client.close();
  await line.close();
  await souk.stop();
});

afterAll(() => estate.database.drop());

const portOf = ({ url }: TestSouk) => Number(new URL(url).port);
const placeOrder = async () => souk.buyer.order(await souk.shop.offer({ north: 3, south: 0 }));

const HISTORY = `query History($first: Int!) { orders(first: $first) { nodes { id events { nodes { type } } } } }`;
type Order = { readonly id: string; readonly events: { readonly nodes: readonly { readonly type: string }[] } };

/** What happened to the newest orders, by their own account. */
async function history(first: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const { orders } = await souk.data(HISTORY, { first }, souk.owner);
  return new Map(orders.nodes.map(({ id, events }: Order) => [id, events.nodes.map(({ type }) => type)]));
}

/** Collects what the client is told of orders. */
function watch(more: { readonly onNext?: () => void; readonly missed?: () => void } = {}) {
  const told = new Map<string, string[]>();
  const failures: SoukError[] = [];
  client.subscribe(
    OrdersChangedDocument,
    {},
    {
      next({ data }) {
        const { type = '', order } = data?.ordersChanged ?? {};
        told.set(order?.id ?? '', [...(told.get(order?.id ?? '') ?? []), type]);
        more.onNext?.();
      },
      error: (error) => void failures.push(error),
      ...(more.missed && { missed: more.missed }),
    },
  );
  return { told, failures };
}

/** Waits until just that was told which happened to the newest orders, which may still go on: each event once, and in order. */
async function untilTold(told: ReadonlyMap<string, readonly string[]>, orders: number): Promise<void> {
  const textOf = (each: ReadonlyMap<string, readonly string[]>) =>
    JSON.stringify([...each].toSorted(([one], [other]) => one.localeCompare(other)));
  const isTold = async () => textOf(told) === textOf(await history(orders));
  await until(isTold).catch(async () => expect(told).toEqual(await history(orders)));
}

const begun = () => until(() => souk.lines.openings > 0);

test('whenever its connection is cut, a subscriber sees what happens to each order once and in order', async () => {
  const ORDERS = 6;
  let answers = 0;
  const { told, failures } = watch({
    onNext: () => {
      answers += 1;
      if (answers % 3 === 0) line.cut();
    },
  });
  await begun();
  for (let placed = 0; placed < ORDERS; placed += 1) await placeOrder();
  await untilTold(told, ORDERS);
  expect(failures).toEqual([]);
  expect(line.connections).toBeGreaterThan(1);
});

test('two subscriptions on one socket go on each where it was', async () => {
  const both = [watch(), watch()];
  await begun();
  await placeOrder();
  for (const { told } of both) await untilTold(told, 1);
  line.cut();
  await placeOrder();
  for (const { told } of both) await untilTold(told, 2);
});

/** What happened before is known to the process that ended alone. */
async function restart(): Promise<void> {
  await souk.stop();
  souk = await startTestSouk(estate);
  line.redirect(portOf(souk));
}

test('after a restart of the only process a subscriber fails, because something may be missing', async () => {
  const { told, failures } = watch();
  await begun();
  await placeOrder();
  await until(() => told.size === 1);
  await restart();
  await until(() => failures.length > 0);
  expect(failures).toMatchObject([{ code: 'RESUME_POSITION_LOST' }]);
});

test('one who knows how to read the present state is told so instead, and goes on', async () => {
  let missed = 0;
  const { told, failures } = watch({ missed: () => void (missed += 1) });
  await begun();
  await placeOrder();
  await until(() => told.size === 1);
  await restart();
  await until(() => missed > 0);
  const { id } = await placeOrder();
  await until(() => told.has(id));
  expect([missed, failures]).toEqual([1, []]);
});
