import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { until } from '@souk/kit/testing';
import type { Data, Headers } from '../testing/graphql-client.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import { callRest, type RestAnswer } from './testing/rest-client.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  await captureManually();
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/** Sets the capture policy to manual, so a payment stays authorized until staff capture it. */
async function captureManually(): Promise<void> {
  const admin = await installation.database.connect();
  await admin.query(
    `insert into orders.order_settings (tenant_id, default_currency, capture_policy, number_prefix)
     values ($1, 'EUR', 'MANUAL', 'S-')
     on conflict (tenant_id) do update set capture_policy = 'MANUAL'`,
    [souk.shop.tenantId],
  );
}

function get(path: string, headers: Headers = {}): Promise<RestAnswer> {
  return callRest(souk.url, 'GET', path, { headers });
}

/** Sends a change that must succeed. @returns the body of the response */
async function done(method: string, path: string, body: unknown = {}, headers: Headers = souk.owner): Promise<Data> {
  const answer = await callRest(souk.url, method, path, { headers, body });
  expect([path, answer.status < 300, answer.body?.['errors']]).toEqual([path, true, undefined]);
  return answer.body ?? {};
}

const relations = (shown: Data | null | undefined) => Object.keys(shown?.['_links'] ?? {}).toSorted();

interface Bought {
  readonly id: string;
  readonly asBuyer: Headers;
}

/** Places an order of two units, and waits until it can be packed. */
async function buy(): Promise<Bought> {
  const { id, accessToken } = await souk.buyer.order(await souk.shop.offer({ north: 9, south: 0 }), 2);
  await until(async () => (await get(`/orders/${id}`, souk.owner)).body?.['data'].status === 'CONFIRMED');
  return { id, asBuyer: { 'x-order-access-token': accessToken } };
}

const WHY = { reason: 'a test' };
/** Links that staff receive in every state of an order. */
const OF_STAFF = ['access-token', 'details', 'notes', 'notes-add'];
const READS = ['events', 'fulfillments', 'invoices', 'payments', 'returns', 'self'];

/**
 * Expects the links in the responses about an order. Staff receive `steps`, the buyer receives `ofBuyer`, and both receive the links for
 * reading. An anonymous caller receives a 404.
 */
async function expectSteps(
  { id, asBuyer }: Bought,
  steps: readonly string[],
  ofBuyer: readonly string[] = [],
): Promise<void> {
  const path = `/orders/${id}`;
  expect(relations((await get(path, souk.owner)).body)).toEqual([...READS, ...OF_STAFF, ...steps].toSorted());
  expect(relations((await get(path, asBuyer)).body)).toEqual([...READS, ...ofBuyer].toSorted());
  expect(await get(path)).toMatchObject({ status: 404, body: { errors: [{ code: 'NOT_FOUND' }] } });
}

/** Returns the links of the items of one list of the order, as staff and as the buyer receive them. */
async function itemSteps({ id, asBuyer }: Bought, list: string): Promise<{ staff: string[][]; buyer: string[][] }> {
  const of = async (headers: Headers) =>
    (await get(`/orders/${id}/${list}`, headers)).body?.['data'].map((item: Data) => relations(item));
  return { staff: await of(souk.owner), buyer: await of(asBuyer) };
}

async function refused(path: string, code: string, body: unknown = {}): Promise<void> {
  const answer = await callRest(souk.url, 'POST', path, { headers: souk.owner, body });
  expect(answer).toMatchObject({ status: 409, body: { errors: [{ code }] } });
}

describe('the links of an order', () => {
  test('follow its state from the checkout to the delivery, for staff, its buyer and anonymous callers', async () => {
    const order = await buy();
    const { data } = (await get(`/orders/${order.id}`, souk.owner)).body ?? {};
    expect(data.openQuantity).toBe(2);
    await expectSteps(order, ['cancel', 'fulfillments-add', 'lines-cancel']);

    const lines = [{ orderLineId: data.lines[0].id, quantity: 1 }];
    const packed = await done('POST', `/orders/${order.id}/fulfillments`, { lines });
    const [first] = packed['data'];
    expect(relations(first)).toEqual(['cancel', 'ship']);
    await expectSteps(order, ['cancel', 'fulfillments-add', 'lines-cancel']);

    await done('POST', `/orders/${order.id}/fulfillments`);
    await expectSteps(order, ['cancel']);
    await refused(`/orders/${order.id}/fulfillments`, 'NOTHING_TO_FULFILL');
    await refused(`/orders/${order.id}/lines/cancel`, 'ORDER_NOT_CANCELABLE', WHY);

    expect(relations(await done('POST', `/fulfillments/${first.id}/ship`))).toEqual(['deliver', 'tracking']);
    await expectSteps(order, ['returns-add'], ['returns-add']);
    await refused(`/orders/${order.id}/cancel`, 'ORDER_NOT_CANCELABLE', WHY);
    const parcels = await itemSteps(order, 'fulfillments');
    expect(new Set(parcels.staff)).toEqual(
      new Set([
        ['cancel', 'ship'],
        ['deliver', 'tracking'],
      ]),
    );
    expect(parcels.buyer).toEqual([[], []]);

    expect(relations(await done('POST', `/fulfillments/${first.id}/deliver`))).toEqual(['tracking']);
    await expectSteps(order, ['returns-add'], ['returns-add']);
    expect(new Set((await itemSteps(order, 'fulfillments')).staff)).toEqual(
      new Set([['tracking'], ['cancel', 'ship']]),
    );
  });

  test('return when a fulfillment is canceled, and end when the order is canceled', async () => {
    const order = await buy();
    const packed = await done('POST', `/orders/${order.id}/fulfillments`);
    expect(relations(await done('POST', `/fulfillments/${packed['data'][0].id}/cancel`))).toEqual([]);
    await expectSteps(order, ['cancel', 'fulfillments-add', 'lines-cancel']);

    const canceled = await done('POST', `/orders/${order.id}/cancel`, WHY);
    expect(relations(canceled)).toEqual([...READS, ...OF_STAFF].toSorted());
    await expectSteps(order, []);
    await refused(`/orders/${order.id}/cancel`, 'ORDER_NOT_CANCELABLE', WHY);
    await refused(`/orders/${order.id}/fulfillments`, 'FULFILLMENT_STATE_INVALID');
  });

  test('in the response of a checkout are those of the buyer', async () => {
    const cartId = await souk.buyer.fillCart(await souk.shop.offer({ north: 1, south: 0 }));
    const body = { payment: { provider: 'TEST', token: 'tok_visa' } };
    expect(relations(await done('POST', `/carts/${cartId}/checkout`, body, {}))).toEqual(READS);
  });

  test('in the list of orders are those that the caller may follow', async () => {
    await buy();
    const { body } = await get('/orders?limit=1', souk.owner);
    expect(relations(body?.['data'][0])).toEqual(['self']);
  });
});

describe('the links of a payment', () => {
  const money = (amount: string) => ({ amount: { amount, currencyCode: 'EUR' } });

  async function paid(): Promise<Bought & { readonly payment: string }> {
    const order = await buy();
    const { body } = await get(`/orders/${order.id}/payments`, souk.owner);
    return { ...order, payment: `/payments/${body?.['data'][0].id}` };
  }

  /**
   * Waits until the order has the payment status. Then expects the links `steps` in the response for the payment and in the order's list of
   * payments.
   */
  async function expectMoney(order: Bought & { payment: string }, status: string, steps: readonly string[]) {
    const paymentStatus = async () => (await get(`/orders/${order.id}`, souk.owner)).body?.['data'].paymentStatus;
    await until(async () => (await paymentStatus()) === status);
    const links = [...steps, 'self'].toSorted();
    expect([status, relations((await get(order.payment, souk.owner)).body)]).toEqual([status, links]);
    expect(await itemSteps(order, 'payments')).toEqual({ staff: [links], buyer: [[]] });
    expect((await get(order.payment, order.asBuyer)).status).toBe(401);
  }

  test('follow the authorized, captured and refunded amount', async () => {
    const order = await paid();
    await expectMoney(order, 'AUTHORIZED', ['capture', 'void']);
    await done('POST', `${order.payment}/capture`, money('5.00'));
    await expectMoney(order, 'PARTIALLY_PAID', ['capture', 'refund']);
    await done('POST', `${order.payment}/capture`);
    await expectMoney(order, 'PAID', ['refund']);
    await refused(`${order.payment}/capture`, 'CAPTURE_EXCEEDS_AUTHORIZED');
    await done('POST', `${order.payment}/refund`, { ...WHY, ...money('9.00') });
    await expectMoney(order, 'PARTIALLY_REFUNDED', ['refund']);
    const all = await done('POST', `${order.payment}/refund`, WHY);
    expect(relations(all)).toEqual(['self']);
    await expectMoney(order, 'REFUNDED', []);
    await refused(`${order.payment}/refund`, 'REFUND_EXCEEDS_CAPTURED', WHY);
  });

  test('end when the payment is voided', async () => {
    const order = await paid();
    await done('POST', `${order.payment}/void`);
    await expectMoney(order, 'VOIDED', []);
    await refused(`${order.payment}/capture`, 'PAYMENT_NOT_ALLOWED');
  });
});

test('the links of a cart follow its contents, until the cart is ordered', async () => {
  const always = ['payment-methods', 'self', 'shipping-methods'];
  const whileOpen = ['payment-methods', 'remarks', 'self', 'shipping-methods'];
  const opened = await done('POST', '/carts', {}, {});
  const path = `/carts/${opened['data'].id}`;
  const links = async () => relations((await get(path)).body);
  expect(relations(opened)).toEqual(['address', 'discount-codes', 'lines-add', ...whileOpen, 'tax-id']);

  const article = await souk.shop.offer({ north: 1, south: 0 });
  await done('POST', `${path}/lines`, { lines: [{ variantId: article.variantId, quantity: 1 }] }, {});
  expect(await links()).toEqual([
    'address',
    'checkout',
    'checkout-cancel',
    'discount-codes',
    'lines',
    'lines-add',
    ...whileOpen,
    'tax-id',
  ]);

  const shippingAddress = { name: 'A', line1: 'B 1', city: 'C', postalCode: '10115', countryCode: 'DE' };
  const addressed = await done('PUT', `${path}/address`, { email: 'buyer@example.test', shippingAddress }, {});
  expect(relations(addressed)).toEqual([
    'address',
    'checkout',
    'checkout-cancel',
    'discount-codes',
    'lines',
    'lines-add',
    'payment-methods',
    'remarks',
    'self',
    'shipping-method',
    'shipping-methods',
    'tax-id',
  ]);

  const shippingMethodId = addressed['data'].shippingMethods[0].id;
  await done('PUT', `${path}/shipping-method`, { shippingMethodId }, {});
  await done('POST', `${path}/checkout`, { payment: { provider: 'TEST', token: 'tok_visa' } }, {});
  expect(await links()).toEqual(always);
});

describe('the links of a product', () => {
  const product = () => ({
    name: 'Linked',
    baseSku: 'LINKED',
    status: 'PUBLISHED',
    variants: [{ sku: `LINKED-${randomUUID().slice(0, 8)}`, prices: [{ amount: '1.00', currencyCode: 'EUR' }] }],
  });

  test('follow whether the product is published, for callers who may change that', async () => {
    const created = await done('POST', '/catalog/products', product());
    expect(relations(created)).toEqual(['duplicate', 'metafields', 'self', 'unpublish', 'variants']);
    const path = `/catalog/products/${created['data'].id}`;
    expect(relations(await done('POST', `${path}/unpublish`))).toEqual([
      'duplicate',
      'metafields',
      'publish',
      'self',
      'variants',
    ]);
    expect(relations(await done('POST', `${path}/publish`))).toEqual([
      'duplicate',
      'metafields',
      'self',
      'unpublish',
      'variants',
    ]);
    expect(relations((await get(path)).body)).toEqual(['self']);
  });
});
