import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CustomerRecognized } from '@souk/accounts/contract';
import { RestockSold } from '@souk/inventory/contract';
import type { EventDefinition } from '@souk/kit/contracts';
import { recordQueries, until } from '@souk/kit/testing';
import { PaymentChanged, PaymentDisputed, RefundPayment } from '@souk/payments/contract';
import { OrderChanged } from '../contract.ts';
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
  (await shop.process.query(shop.staff, `{ order(id: "${id}") { ${fields} } }`)).order;
const mutate = async (name: string, input: string, fields: string) =>
  (
    await shop.process.query(
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

/** Publishes an event as if another subgraph had sent it. */
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

describe('access to an order', () => {
  test('is for staff and for holders of its access token; every other caller gets null', async () => {
    const { id, accessToken } = await placeOne();
    const query = 'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { id } }';
    const asked = async (ctx: typeof shop.staff, token: string | null) =>
      (await shop.process.query(ctx, query, { id, token })).order;
    expect(await asked(shop.staff, null)).toEqual({ id });
    expect(await asked(shop.shopper, accessToken)).toEqual({ id });
    expect(await asked(shop.shopper, null)).toBeNull();
    expect(await asked(shop.shopper, `${accessToken}x`)).toBeNull();
    expect(await asked(shop.staffWith('stock:read'), null)).toBeNull();
    const rival = shop.otherTenant;
    expect(await asked(rival, accessToken)).toBeNull();
    expect(await asked(rival, (await placeOne()).accessToken)).toBeNull();
  });

  test('through a reference of another subgraph is for staff only', async () => {
    const { id } = await placeOne();
    const query = `{ _entities(representations: [{ __typename: "Order", id: "${id}" }]) { ... on Order { id } } }`;
    expect((await shop.process.query(shop.staff, query))._entities).toEqual([{ id }]);
    expect((await shop.process.query(shop.shopper, query))._entities).toEqual([null]);
  });

  test('through a list is for staff', async () => {
    const { data, errors } = await shop.process.execute(shop.shopper, '{ orders { nodes { id } } }');
    expect(data).toEqual({ orders: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('a list of orders', () => {
  const ids = ({ orders }: { orders?: { nodes: { id: string }[] } }) => orders?.nodes.map(({ id }) => id);

  test('continues after the last page, newest first', async () => {
    const placed = [await placeOne(), await placeOne(), await placeOne()].map(({ id }) => id).toReversed();
    const page =
      'query ($after: String) { orders(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
    const first = await shop.process.query(shop.staff, page);
    const second = await shop.process.query(shop.staff, page, { after: first['orders'].pageInfo.endCursor });
    expect([...(ids(first) ?? []), ...(ids(second) ?? [])].slice(0, 3)).toEqual(placed);
    expect(first['orders'].pageInfo.hasNextPage).toBe(true);
  });

  test('is filtered by statuses, time and e-mail address', async () => {
    const { id } = await placeOne();
    await cancel(id);
    const list = (filter: string) =>
      shop.process.query(shop.staff, `{ orders(filter: { ${filter} }) { nodes { id } } }`);
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
      shop.process.query(shop.staff, `{ orders(first: 20) { nodes { number ${nested} } } }`),
    );
    const reads = statements.filter((statement) => statement.startsWith('select'));
    expect(reads.length).toBeLessThanOrEqual(5);
    const { statements: plain } = await recordQueries(() =>
      shop.process.query(shop.staff, '{ orders(first: 20) { nodes { number status totals { total { amount } } } } }'),
    );
    expect(plain.filter((statement) => statement.startsWith('select'))).toHaveLength(1);
  });

  test("a customer's orders are read for all customers together", async () => {
    const customers = [randomUUID(), randomUUID()];
    const orders = [await placeOne(), await placeOne(), await placeOne()];
    for (const [index, { id: orderId }] of orders.entries()) {
      const customerId = customers[index % 2] ?? '';
      await tell(CustomerRecognized, { customerId, orderId, email: 'buyer@example.test' }, customerId);
    }
    const representations = customers.map((id) => ({ __typename: 'Customer', id }));
    const query = `query ($representations: [_Any!]!, $first: Int = 1, $after: String, $last: Int, $before: String) {
      _entities(representations: $representations) {
        ... on Customer {
          orders(first: $first, after: $after, last: $last, before: $before) {
            nodes { id } pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
          }
        }
      }
    }`;
    const { result, statements } = await recordQueries(() =>
      shop.process.query(shop.staff, query, { representations }),
    );
    expect(statements.filter((statement) => statement.startsWith('select'))).toHaveLength(1);
    expect(result['_entities'].map((each: { orders: object }) => ids(each as never))).toEqual([
      [orders[2]?.id],
      [orders[1]?.id],
    ]);
    const { hasNextPage, endCursor } = result['_entities'][0].orders.pageInfo;
    expect(hasNextPage).toBe(true);
    const rest = { representations: representations.slice(0, 1), after: endCursor };
    expect(ids((await shop.process.query(shop.staff, query, rest))['_entities'][0])).toEqual([orders[0]?.id]);
    const back = async (before: string | null) => {
      const variables = { representations, first: null, last: 1, before };
      return (await shop.process.query(shop.staff, query, variables))['_entities'];
    };
    const last = await back(null);
    expect(last.map((each: { orders: object }) => ids(each as never))).toEqual([[orders[0]?.id], [orders[1]?.id]]);
    expect(last[0].orders.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(ids((await back(last[0].orders.pageInfo.startCursor))[0])).toEqual([orders[2]?.id]);
    expect((await show(orders[0]?.id ?? '', 'customer { id }')).customer).toEqual({ id: customers[0] });
  });
});

describe('the history', () => {
  test('shows the entries in order, page by page', async () => {
    const { id } = await placeOne();
    expect((await historyOf(id)).map(({ type }: { type: string }) => type)).toEqual([
      'PLACED',
      'PAYMENT_AUTHORIZED',
      'PAYMENT_CAPTURED',
      'CONFIRMED',
    ]);
    const page = (rest: string) =>
      show(id, `events(${rest}) { nodes { type } pageInfo { hasNextPage endCursor hasPreviousPage startCursor } }`);
    const { pageInfo } = (await page('first: 3')).events;
    expect(pageInfo.hasNextPage).toBe(true);
    expect((await page(`first: 3, after: "${pageInfo.endCursor}"`)).events.nodes).toEqual([{ type: 'CONFIRMED' }]);
    await expect(page('after: "nonsense"')).rejects.toThrow('not a cursor of this list');
    const last = (await page('last: 2')).events;
    expect(last.nodes).toEqual([{ type: 'PAYMENT_CAPTURED' }, { type: 'CONFIRMED' }]);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const start = (await page(`last: 2, before: "${last.pageInfo.startCursor}"`)).events;
    expect(start.nodes).toEqual([{ type: 'PLACED' }, { type: 'PAYMENT_AUTHORIZED' }]);
    expect(start.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  test('cannot be changed by the application', async () => {
    const app = await shop.database.connect('orders_app');
    await app.query(`select set_config('app.tenant_id', $1, false)`, [shop.tenantId]);
    await expect(app.query('update orders.order_event set message = $1', ['never'])).rejects.toThrow(
      'permission denied',
    );
    await expect(app.query('delete from orders.order_event')).rejects.toThrow('permission denied');
  });

  test('records each fact of the payment once', async () => {
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

  test('records the opening and the end of a dispute', async () => {
    const { id } = await placeOne();
    const { paymentId, captured: amount } = shop.payments.of(id);
    const about = { disputeId: randomUUID(), paymentId, orderId: id, amount, reason: 'fraudulent', dueAt: null };
    const open = { ...about, status: 'NEEDS_RESPONSE' as const, withdrawn: amount };
    await tell(PaymentDisputed, { ...open, change: 'OPENED' as const }, paymentId);
    await tell(PaymentDisputed, { ...open, status: 'UNDER_REVIEW', change: 'UPDATED' as const }, paymentId);
    await tell(PaymentDisputed, { ...open, status: 'LOST', change: 'LOST' as const }, paymentId);
    const types = (await historyOf(id)).map(({ type }: { type: string }) => type);
    expect(types.slice(4)).toEqual(['DISPUTE_OPENED', 'DISPUTE_LOST']);
  });

  test('ignores events of unknown orders', async () => {
    const facts = { ...shop.payments.of((await placeOne()).id), orderId: randomUUID() };
    await tell(PaymentChanged, { step: 'AUTHORIZED', facts }, facts.paymentId);
    const parked = await shop.admin.query('select from orders.dead_letter_event');
    expect(parked.rowCount).toBe(0);
  });
});

describe('canceling', () => {
  test('returns the stock and the money', async () => {
    const lamp = shop.offer(5);
    const { id } = await shop.order([{ ...lamp, quantity: 2 }]);
    const { order, userErrors } = await cancel(id);
    expect(userErrors).toEqual([]);
    expect(order).toEqual({ status: 'CANCELED', paymentStatus: 'REFUNDED', cancelReason: 'changed my mind' });
    expect(shop.stock.available(lamp.sku)).toBe(5);
    expect((await cancel(id)).userErrors).toMatchObject([{ code: 'ORDER_NOT_CANCELABLE', field: ['orderId'] }]);
  });

  test('is completed later, and once, when another subgraph does not reply', async () => {
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

  test('returns the same result for the same key, and refuses an order that changed meanwhile', async () => {
    const { id } = await placeOne();
    const { version } = await show(id, 'version');
    expect((await cancel(id, `, expectedVersion: ${version + 1}`)).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
    const key = `, expectedVersion: ${version}, idempotencyKey: "${randomUUID()}"`;
    expect((await cancel(id, key)).order).toMatchObject({ status: 'CANCELED' });
    expect((await cancel(id, key)).order).toMatchObject({ status: 'CANCELED' });
  });

  test('is refused without the scope, and for an order of another tenant', async () => {
    const { id } = await placeOne();
    const source = `mutation { orderCancel(input: { orderId: "${id}", reason: "mine" }) { order { id } userErrors { code } } }`;
    const { data, errors } = await shop.process.execute(shop.staffWith('orders:read'), source);
    expect(data).toEqual({ orderCancel: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const rival = shop.otherTenant;
    expect((await shop.process.query(rival, source)).orderCancel).toEqual({
      order: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    expect(await show(id, 'status')).toEqual({ status: 'CONFIRMED' });
  });
});

describe('canceled units', () => {
  const FIELDS =
    'order { id status paymentStatus fulfillmentStatus canceledTotal { amount } lines { id quantity canceledQuantity } }';
  const cancelUnits = (id: string, rest = '') =>
    mutate('orderLinesCancel', `orderId: "${id}", reason: "sold out" ${rest}`, FIELDS);

  /** Creates an order of three lamps and delivers two of them. */
  async function partlyDelivered() {
    const lamp = shop.offer(5);
    const { id } = await shop.order([{ ...lamp, quantity: 3 }]);
    const [line] = (await show(id, 'lines { id }')).lines;
    const packed = await mutate(
      'fulfillmentCreate',
      `orderId: "${id}", lines: [{ orderLineId: "${line.id}", quantity: 2 }]`,
      'fulfillments { id }',
    );
    for (const move of ['fulfillmentShip', 'fulfillmentDeliver'])
      await mutate(move, `fulfillmentId: "${packed.fulfillments[0].id}"`, 'fulfillment { id }');
    return { id, lamp, lineId: line.id as string };
  }

  test('complete a partly shipped order: stock and money are returned, and the event is published', async () => {
    const { id, lamp } = await partlyDelivered();
    expect(shop.stock.available(lamp.sku)).toBe(2);
    await shop.restart(); // with its relay
    const types: string[] = [];
    const feed = shop.process.events.feed(OrderChanged, { tenantId: shop.tenantId, aggregateId: id });
    void (async () => {
      for await (const item of feed) if ('data' in item) types.push(item.data.type);
    })();
    await until(() => shop.process.events.feedCount > 0);
    const idempotencyKey = randomUUID();
    const first = await cancelUnits(id, `, idempotencyKey: "${idempotencyKey}"`);
    expect(first).toMatchObject({ order: { status: 'COMPLETED', fulfillmentStatus: 'DELIVERED' }, userErrors: [] });
    expect(first.order).toMatchObject({ canceledTotal: { amount: '10.00' }, lines: [{ canceledQuantity: 1 }] });
    await cancelUnits(id, `, idempotencyKey: "${idempotencyKey}"`);
    expect(shop.stock.available(lamp.sku)).toBe(3);
    expect(shop.payments.of(id).refunded.amountMinor).toBe(1000);
    expect((await historyOf(id)).map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['LINES_CANCELED', 'COMPLETED', 'REFUNDED']),
    );
    await until(() => types.includes('LINES_CANCELED'));
    await feed.return?.(undefined);
  });

  test('are returned later when inventory does not reply', async () => {
    const { id, lamp } = await partlyDelivered();
    shop.stock.interference.fail(RestockSold.name, 'MUTE');
    expect(await cancelUnits(id)).toMatchObject({ userErrors: [], order: { status: 'COMPLETED' } });
    expect(shop.payments.of(id).refunded.amountMinor).toBe(0);
    shop.stock.interference.recover();
    await shop.restart();
    await shop.settled();
    expect(shop.payments.of(id).refunded.amountMinor).toBe(1000);
    expect(shop.stock.available(lamp.sku)).toBe(3);
  });

  test('are not canceled twice by two concurrent requests', async () => {
    const { id, lamp, lineId } = await partlyDelivered();
    const one = `, lines: [{ orderLineId: "${lineId}", quantity: 1 }]`;
    const answers = await Promise.all([1, 2, 3].map(() => cancelUnits(id, one)));
    expect(answers.filter(({ order }) => order)).toHaveLength(1);
    expect(shop.stock.available(lamp.sku)).toBe(3);
    expect(shop.payments.of(id).refunded.amountMinor).toBe(1000);
  });

  test('are counted by line, and canceling the order refunds the rest of its money', async () => {
    const lamp = shop.offer(5);
    const { id } = await shop.order([{ ...lamp, quantity: 3 }]);
    const [line] = (await show(id, 'lines { id }')).lines;
    await cancelUnits(id, `, lines: [{ orderLineId: "${line.id}", quantity: 2 }]`);
    expect(shop.payments.of(id).refunded.amountMinor).toBe(2000);
    expect((await cancel(id)).order).toMatchObject({ status: 'CANCELED', paymentStatus: 'REFUNDED' });
    expect(shop.stock.available(lamp.sku)).toBe(5);
    expect(shop.payments.of(id)).toMatchObject({ refunded: shop.payments.of(id).captured });
  });

  test('need the scope to change orders', async () => {
    const { id } = await placeOne();
    const source = `mutation { orderLinesCancel(input: { orderId: "${id}", reason: "no" }) { order { id } } }`;
    const { errors } = await shop.process.execute(shop.shopper, source);
    expect(errors).toHaveLength(1);
  });
});

describe('a buyer who lost the token', () => {
  const LOOK_UP = `mutation ($input: OrderLookUpInput!) {
    orderLookUp(input: $input) { order { id } orderAccessToken userErrors { __typename code message field ... on TooManyAttemptsError { retryAfterSeconds } } }
  }`;
  const lookUp = async (number: string, email: string, clientAddress?: string) =>
    (await shop.process.query({ ...shop.shopper, clientAddress }, LOOK_UP, { input: { number, email } })).orderLookUp;

  test('opens the order by its number and e-mail address in any letter case', async () => {
    const { id, accessToken, number } = await placeOne();
    expect(await lookUp(String(number), ' buyer@EXAMPLE.test ')).toEqual({
      order: { id },
      orderAccessToken: accessToken,
      userErrors: [],
    });
  });

  test('gets the same reply for a wrong number and for a wrong address, after the same statements', async () => {
    const { number } = await placeOne();
    const wrongAddress = await recordQueries(() => lookUp(String(number), 'other@example.test'));
    const wrongNumber = await recordQueries(() => lookUp('999999', 'buyer@example.test'));
    expect(wrongAddress.result).toEqual(wrongNumber.result);
    expect(wrongAddress.result.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(wrongAddress.statements).toEqual(wrongNumber.statements);
  });

  test('is limited by order, also for concurrent attempts, and by address', async () => {
    const { number } = await placeOne();
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, index) => lookUp(String(number), `guess${index}@example.test`)),
    );
    const refused = guesses.filter(({ userErrors }) => userErrors[0].code === 'TOO_MANY_ATTEMPTS');
    expect(refused).toHaveLength(4);
    const { userErrors } = await lookUp(String(number), 'buyer@example.test');
    expect(userErrors).toMatchObject([{ __typename: 'TooManyAttemptsError', field: ['number'] }]);
    expect(userErrors[0].retryAfterSeconds).toBeGreaterThan(0);
    expect(userErrors[0].retryAfterSeconds).toBeLessThanOrEqual(900);
    const address = '203.0.113.7';
    const walk = await Promise.all(
      Array.from({ length: 22 }, (_, index) => lookUp(`9000${index}`, 'buyer@example.test', address)),
    );
    const stopped = walk.filter((answer) => answer.userErrors[0].code === 'TOO_MANY_ATTEMPTS');
    expect(stopped).toHaveLength(2);
    expect((await lookUp('90099', 'buyer@example.test', '203.0.113.8')).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('cannot open an order of another shop', async () => {
    const { number } = await placeOne();
    const rival = { ...shop.shopper, tenantId: randomUUID() };
    const input = { number: String(number), email: 'buyer@example.test' };
    expect((await shop.process.query(rival, LOOK_UP, { input })).orderLookUp.order).toBeNull();
  });

  test('gets a new token from staff, which invalidates the previous one; a repetition with the key returns it again', async () => {
    const { id, accessToken } = await placeOne();
    const renew = (idempotencyKey: string) =>
      mutate('orderAccessTokenCreate', `orderId: "${id}", idempotencyKey: "${idempotencyKey}"`, 'orderAccessToken');
    const [key, opened] = [
      randomUUID(),
      'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { id } }',
    ];
    const { orderAccessToken: token } = await renew(key);
    const open = async (each: string) => (await shop.process.query(shop.shopper, opened, { id, token: each })).order;
    expect(await open(accessToken)).toBeNull();
    expect(await open(token)).toEqual({ id });
    expect((await renew(key)).orderAccessToken).toBe(token);
    expect((await renew(randomUUID())).orderAccessToken).not.toBe(token);
    expect(await open(token)).toBeNull();
    const source = `mutation { orderAccessTokenCreate(input: { orderId: "${id}" }) { orderAccessToken } }`;
    expect((await shop.process.execute(shop.shopper, source)).errors).toHaveLength(1);
  });
});
