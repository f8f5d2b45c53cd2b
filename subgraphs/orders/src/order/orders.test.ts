import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CustomerRecognized } from '@souk/accounts/contract';
import { RestockSold } from '@souk/inventory/contract';
import type { EventDefinition } from '@souk/kit/contracts';
import { recordQueries } from '@souk/kit/testing';
import { PaymentChanged, RefundPayment } from '@souk/payments/contract';
import { aClerk } from '../testing/orders-process.ts';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
afterEach(() => {
  shop.stock.interference.recover();
  shop.payments.interference.recover();
});

const placeOne = () => shop.order([{ ...shop.offer(5), quantity: 1 }]);
const show = async (id: string, fields: string) =>
  (await shop.process.run(shop.staff, `{ order(id: "${id}") { ${fields} } }`)).order;
const mutate = async (name: string, input: string, fields: string) =>
  (
    await shop.process.run(
      shop.staff,
      `mutation { ${name}(input: { ${input} }) { ${fields} userErrors { code message field } } }`,
    )
  )[name];
const cancel = (id: string, rest = '') =>
  mutate(
    'orderCancel',
    `orderId: "${id}", reason: "changed my mind" ${rest}`,
    'order { status paymentStatus cancelReason }',
  );
const historyOf = async (id: string) => (await show(id, 'events { nodes { type message } }')).events.nodes;

/** What another subgraph tells, delivered as its relay would. */
function tell<Data>(definition: EventDefinition<Data>, data: Data, aggregateId: string) {
  return shop.process.events.publish([
    {
      event_id: randomUUID(),
      event_type: definition.subject,
      tenant_id: shop.tenantId,
      aggregate_id: aggregateId,
      timestamp: new Date().toISOString(),
      source: 'test',
      version: definition.version,
      data,
      metadata: { user_id: null, correlation_id: null },
    },
  ]);
}

describe('who sees an order', () => {
  test('staff, and whoever has its access token; to everybody else it does not exist', async () => {
    const { id, accessToken } = await placeOne();
    const query = 'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { id } }';
    const asked = async (context: typeof shop.staff, token: string | null) =>
      (await shop.process.run(context, query, { id, token })).order;
    expect(await asked(shop.staff, null)).toEqual({ id });
    expect(await asked(shop.shopper, accessToken)).toEqual({ id });
    expect(await asked(shop.shopper, null)).toBeNull();
    expect(await asked(shop.shopper, `${accessToken}x`)).toBeNull();
    expect(await asked(aClerk(shop.tenantId, ['stock:read']), null)).toBeNull();
    const rival = aClerk(randomUUID(), ['orders:read', 'orders:write']);
    expect(await asked(rival, accessToken)).toBeNull();
    expect(await asked(rival, (await placeOne()).accessToken)).toBeNull();
  });

  test('a reference of another subgraph opens an order to staff only', async () => {
    const { id } = await placeOne();
    const query = `{ _entities(representations: [{ __typename: "Order", id: "${id}" }]) { ... on Order { id } } }`;
    expect((await shop.process.run(shop.staff, query))._entities).toEqual([{ id }]);
    expect((await shop.process.run(shop.shopper, query))._entities).toEqual([null]);
  });

  test('a list is for staff', async () => {
    const { data, errors } = await shop.process.execute(shop.shopper, '{ orders { nodes { id } } }');
    expect(data).toEqual({ orders: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('a list of orders', () => {
  const ids = ({ orders }: { orders?: { nodes: { id: string }[] } }) => orders?.nodes.map(({ id }) => id);

  test('goes on where the last page ended, newest first', async () => {
    const placed = [await placeOne(), await placeOne(), await placeOne()].map(({ id }) => id).toReversed();
    const page =
      'query ($after: String) { orders(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
    const first = await shop.process.run(shop.staff, page);
    const second = await shop.process.run(shop.staff, page, { after: first['orders'].pageInfo.endCursor });
    expect([...(ids(first) ?? []), ...(ids(second) ?? [])].slice(0, 3)).toEqual(placed);
    expect(first['orders'].pageInfo.hasNextPage).toBe(true);
  });

  test('is filtered by statuses, time and e-mail address', async () => {
    const { id } = await placeOne();
    await cancel(id);
    const list = (filter: string) => shop.process.run(shop.staff, `{ orders(filter: { ${filter} }) { nodes { id } } }`);
    const matching = 'status: CANCELED, paymentStatus: REFUNDED, fulfillmentStatus: UNFULFILLED';
    expect(ids(await list(`${matching}, email: "BUYER@example.test", placedAfter: "2020-01-01T00:00:00Z"`))).toContain(
      id,
    );
    expect(ids(await list('status: CONFIRMED'))).not.toContain(id);
    expect(ids(await list('email: "buyer@example"'))).toEqual([]);
    expect(ids(await list('placedBefore: "2020-01-01T00:00:00Z"'))).toEqual([]);
  });

  test('costs one statement for the page and one for each kind of detail', async () => {
    await placeOne();
    await placeOne();
    const nested = 'lines { sku } fulfillments { id lines { quantity } } events(first: 3) { nodes { type } }';
    const { statements } = await recordQueries(() =>
      shop.process.run(shop.staff, `{ orders(first: 20) { nodes { number ${nested} } } }`),
    );
    const reads = statements.filter((statement) => statement.startsWith('select'));
    expect(reads.length).toBeLessThanOrEqual(5);
    const { statements: plain } = await recordQueries(() =>
      shop.process.run(shop.staff, '{ orders(first: 20) { nodes { number status totals { total { amount } } } } }'),
    );
    expect(plain.filter((statement) => statement.startsWith('select'))).toHaveLength(1);
  });

  test("a customer's orders are read for all customers at once", async () => {
    const customers = [randomUUID(), randomUUID()];
    const orders = [await placeOne(), await placeOne(), await placeOne()];
    for (const [index, { id: orderId }] of orders.entries()) {
      const customerId = customers[index % 2] ?? '';
      await tell(CustomerRecognized, { customerId, orderId, email: 'buyer@example.test' }, customerId);
    }
    const representations = customers.map((id) => ({ __typename: 'Customer', id }));
    const query = `query ($representations: [_Any!]!, $after: String) {
      _entities(representations: $representations) {
        ... on Customer { orders(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }
      }
    }`;
    const { result, statements } = await recordQueries(() => shop.process.run(shop.staff, query, { representations }));
    expect(statements.filter((statement) => statement.startsWith('select'))).toHaveLength(1);
    expect(result['_entities'].map((each: { orders: object }) => ids(each as never))).toEqual([
      [orders[2]?.id],
      [orders[1]?.id],
    ]);
    const { hasNextPage, endCursor } = result['_entities'][0].orders.pageInfo;
    expect(hasNextPage).toBe(true);
    const rest = { representations: representations.slice(0, 1), after: endCursor };
    expect(ids((await shop.process.run(shop.staff, query, rest))['_entities'][0])).toEqual([orders[0]?.id]);
    expect((await show(orders[0]?.id ?? '', 'customer { id }')).customer).toEqual({ id: customers[0] });
  });
});

describe('the history', () => {
  test('tells what happened, in order, page by page', async () => {
    const { id } = await placeOne();
    expect((await historyOf(id)).map(({ type }: { type: string }) => type)).toEqual([
      'PLACED',
      'PAYMENT_AUTHORIZED',
      'PAYMENT_CAPTURED',
      'CONFIRMED',
    ]);
    const page = (rest: string) =>
      show(id, `events(first: 3 ${rest}) { nodes { type } pageInfo { hasNextPage endCursor } }`);
    const { pageInfo } = (await page('')).events;
    expect(pageInfo.hasNextPage).toBe(true);
    expect((await page(`after: "${pageInfo.endCursor}"`)).events.nodes).toEqual([{ type: 'CONFIRMED' }]);
    await expect(page('after: "nonsense"')).rejects.toThrow('no cursor');
  });

  test('cannot be changed by the application', async () => {
    const app = await shop.database.connect('orders_app');
    await app.query(`select set_config('app.tenant_id', $1, false)`, [shop.tenantId]);
    await expect(app.query('update orders.order_event set message = $1', ['never'])).rejects.toThrow(
      'permission denied',
    );
    await expect(app.query('delete from orders.order_event')).rejects.toThrow('permission denied');
  });

  test('follows the payment, each fact once', async () => {
    const { id } = await placeOne();
    const facts = shop.payments.of(id);
    await tell(PaymentChanged, { step: 'CAPTURED', facts }, facts.paymentId);
    const refunded = { ...facts, version: 3, status: 'REFUNDED' as const, refunded: facts.captured };
    await tell(PaymentChanged, { step: 'REFUNDED', facts: refunded }, facts.paymentId);
    await tell(PaymentChanged, { step: 'REFUNDED', facts: refunded }, facts.paymentId);
    const types = (await historyOf(id)).map(({ type }: { type: string }) => type);
    expect(types.slice(4)).toEqual(['REFUNDED']);
    expect(await show(id, 'status paymentStatus')).toEqual({ status: 'CONFIRMED', paymentStatus: 'REFUNDED' });
  });

  test('news of orders that are not here are passed over', async () => {
    const facts = { ...shop.payments.of((await placeOne()).id), orderId: randomUUID() };
    await tell(PaymentChanged, { step: 'AUTHORIZED', facts }, facts.paymentId);
    const parked = await shop.admin.query('select from orders.dead_letter_event');
    expect(parked.rowCount).toBe(0);
  });
});

describe('canceling', () => {
  test('gives back the stock and the money', async () => {
    const lamp = shop.offer(5);
    const { id } = await shop.order([{ ...lamp, quantity: 2 }]);
    const { order, userErrors } = await cancel(id);
    expect(userErrors).toEqual([]);
    expect(order).toEqual({ status: 'CANCELED', paymentStatus: 'REFUNDED', cancelReason: 'changed my mind' });
    expect(shop.stock.available(lamp.sku)).toBe(5);
    expect((await cancel(id)).userErrors).toMatchObject([{ code: 'ORDER_NOT_CANCELABLE', field: ['orderId'] }]);
  });

  test('is finished later, and once, where a part of the platform does not answer', async () => {
    const lamp = shop.offer(5);
    const { id } = await shop.order([{ ...lamp, quantity: 2 }]);
    shop.stock.interference.fail(RestockSold.name, 'MUTE');
    expect((await cancel(id)).order).toMatchObject({ status: 'CANCELED', paymentStatus: 'PAID' });
    shop.stock.interference.recover();
    shop.payments.interference.fail(RefundPayment.name, 'MUTE');
    await shop.restart();
    shop.payments.interference.recover();
    await shop.restart();
    await shop.settled();
    expect(await show(id, 'paymentStatus')).toEqual({ paymentStatus: 'REFUNDED' });
    expect(shop.stock.available(lamp.sku)).toBe(5);
  });

  test('answers the same for the same key, and refuses what has changed meanwhile', async () => {
    const { id } = await placeOne();
    const { version } = await show(id, 'version');
    expect((await cancel(id, `, expectedVersion: ${version + 1}`)).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
    const key = `, expectedVersion: ${version}, idempotencyKey: "${randomUUID()}"`;
    expect((await cancel(id, key)).order).toMatchObject({ status: 'CANCELED' });
    expect((await cancel(id, key)).order).toMatchObject({ status: 'CANCELED' });
  });

  test('is not possible for somebody without the scope, or for an order of another tenant', async () => {
    const { id } = await placeOne();
    const source = `mutation { orderCancel(input: { orderId: "${id}", reason: "mine" }) { order { id } userErrors { code } } }`;
    const { data, errors } = await shop.process.execute(aClerk(shop.tenantId, ['orders:read']), source);
    expect(data).toEqual({ orderCancel: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const rival = aClerk(randomUUID(), ['orders:write']);
    expect((await shop.process.run(rival, source)).orderCancel).toEqual({
      order: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    expect(await show(id, 'status')).toEqual({ status: 'CONFIRMED' });
  });
});
