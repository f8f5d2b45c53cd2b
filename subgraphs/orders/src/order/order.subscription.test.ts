import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { until } from '@souk/kit/testing';
import { parse, subscribe, type ExecutionResult } from 'graphql';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  shop.process.run();
});
afterAll(() => shop.close());

const STATUS = `subscription ($orderId: ID!, $accessToken: String) {
  orderStatusChanged(orderId: $orderId, accessToken: $accessToken) {
    type at order { id status fulfillmentStatus fulfillments { status } }
  }
}`;
const ALL = 'subscription { ordersChanged { type order { number } } }';

interface Change {
  readonly type: string;
  readonly at?: string;
  readonly order: Readonly<Record<string, unknown>>;
}

async function watch(ctx: RequestContext, source: string, variableValues: Record<string, unknown> = {}) {
  const { schema } = shop.process;
  const answer = await subscribe({ schema, document: parse(source), variableValues, contextValue: ctx });
  const changes: Change[] = [];
  if (!(Symbol.asyncIterator in answer)) return { changes, errors: answer.errors ?? [], close: async () => undefined };
  const stream: AsyncGenerator<ExecutionResult> = answer;
  void (async () => {
    for await (const { data } of stream) changes.push(Object.values(data ?? {})[0] as Change);
  })();
  // The subscription opens its feed when it requests the first event.
  await until(() => shop.process.events.feedCount > 0);
  return { changes, errors: [], close: () => stream.return(undefined) };
}

async function pack(orderId: string): Promise<string> {
  const source = `mutation { fulfillmentCreate(input: { orderId: "${orderId}" }) { fulfillments { id } } }`;
  return (await shop.process.query(shop.staff, source))['fulfillmentCreate'].fulfillments[0].id;
}

const ship = (id: string) =>
  shop.process.query(
    shop.staff,
    `mutation { fulfillmentShip(input: { fulfillmentId: "${id}" }) { userErrors { code } } }`,
  );

test('a buyer with the access token receives each change with the order after it', async () => {
  const order = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const { changes, close } = await watch(shop.shopper, STATUS, { orderId: order.id, accessToken: order.accessToken });
  const parcel = await pack(order.id);
  await until(() => changes.some(({ type }) => type === 'FULFILLMENT_CREATED'));
  await ship(parcel);
  await until(() => changes.some(({ type }) => type === 'SHIPPED'));
  expect(changes.at(-1)).toEqual({
    type: 'SHIPPED',
    at: expect.stringMatching(/Z$/),
    order: { id: order.id, status: 'CONFIRMED', fulfillmentStatus: 'FULFILLED', fulfillments: [{ status: 'SHIPPED' }] },
  });
  await close();
  await until(() => shop.process.events.feedCount === 0);
});

test('a stranger is refused and receives no event', async () => {
  const { id, accessToken } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const other = shop.otherTenant;
  for (const [ctx, token] of [
    [shop.shopper, null],
    [shop.shopper, 'wrong'],
    [other, accessToken],
  ] as const) {
    const { errors } = await watch(ctx, STATUS, { orderId: id, accessToken: token });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  expect(shop.process.events.feedCount).toBe(0);
});

test('staff receive the changes of every order of their tenant, and of no other tenant', async () => {
  const own = await watch(shop.staff, ALL);
  const foreign = await watch(shop.otherTenant, ALL);
  const { number } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  // Events of other tests' orders may still be in transit, so the changes are filtered by order number.
  const changes = () => own.changes.filter(({ order }) => order['number'] === number).map(({ type }) => type);
  await until(() => changes().includes('CONFIRMED'));
  expect(changes()).toEqual(['PLACED', 'PAYMENT_AUTHORIZED', 'PAYMENT_CAPTURED', 'CONFIRMED']);
  expect(foreign.changes).toEqual([]);
  await Promise.all([own.close(), foreign.close()]);
  expect((await watch(shop.shopper, ALL)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});
