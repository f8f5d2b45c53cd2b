import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import type { Data, Headers } from './graphql-client.ts';
import {
  CART_CREATE,
  FULFILLMENT_CREATE,
  FULFILLMENT_DELIVER,
  FULFILLMENT_SHIP,
  ORDER_CANCEL,
  ORDER_SHOW,
  ORDER_STATUS_CHANGED,
  ORDERS,
  ORDERS_CHANGED,
  STOCK_ADJUST,
} from './operations.ts';
import {
  openInstallation,
  startTestSouk,
  type TestInstallation,
  type TestSouk,
  type TestSoukOptions,
} from './test-souk.ts';

/**
 * Declares tests of orders, from the view of buyers and staff, for a Souk with the given options.
 * @returns a function that returns the running Souk, for further tests
 */
export function orderJourneys(options: TestSoukOptions = {}): () => TestSouk {
  let installation: TestInstallation;
  let souk: TestSouk;
  beforeAll(async () => {
    installation = await openInstallation();
    souk = await startTestSouk(installation, options);
  });
  afterAll(async () => {
    await souk.stop();
    await installation.database.drop();
  });

  async function change(mutation: string, input: Data, headers: Headers = {}): Promise<Data> {
    const [payload] = Object.values(await souk.data(mutation, { input }, headers));
    return payload;
  }

  const show = async (id: string, accessToken: string | null, headers: Headers = {}) =>
    (await souk.data(ORDER_SHOW, { id, accessToken }, headers)).order;

  const types = (events: readonly Data[], field: string) =>
    // The event `CUSTOMER_LINKED` is left out, because its position varies: an event of the subgraph accounts causes it.
    events.map((event) => event[field].type).filter((type: string) => type !== 'CUSTOMER_LINKED');

  test('an order goes from the cart to the delivery, and staff and its buyer receive every step in order', async () => {
    const { shop, buyer, owner } = souk;
    const lamp = await shop.offer({ north: 2, south: 3 });
    const staff = await souk.watch(ORDERS_CHANGED, {}, owner);
    const { id: orderId, accessToken } = await buyer.order(lamp, 4);
    await staff.next(({ ordersChanged }) => ordersChanged.type === 'CONFIRMED');
    expect(types(staff.events, 'ordersChanged')).toEqual([
      'PLACED',
      'PAYMENT_AUTHORIZED',
      'PAYMENT_CAPTURED',
      'CONFIRMED',
    ]);

    const guest = await souk.watch(ORDER_STATUS_CHANGED, { orderId, accessToken });
    const { fulfillments } = await change(FULFILLMENT_CREATE, { orderId }, owner);
    expect(fulfillments.map(({ warehouse }: Data) => warehouse.code).toSorted()).toEqual(['NORTH', 'SOUTH']);
    for (const { id: fulfillmentId } of fulfillments)
      await change(FULFILLMENT_SHIP, { fulfillmentId, carrier: 'DHL', trackingNumber: 'JD0001' }, owner);
    for (const { id: fulfillmentId } of fulfillments) await change(FULFILLMENT_DELIVER, { fulfillmentId }, owner);

    const last = await guest.next(({ orderStatusChanged }) => orderStatusChanged.type === 'COMPLETED');
    expect(types(guest.events, 'orderStatusChanged')).toEqual([
      'FULFILLMENT_CREATED',
      'FULFILLMENT_CREATED',
      'SHIPPED',
      'SHIPPED',
      'DELIVERED',
      'DELIVERED',
      'COMPLETED',
    ]);
    expect(last.orderStatusChanged.order).toMatchObject({
      status: 'COMPLETED',
      paymentStatus: 'PAID',
      fulfillmentStatus: 'DELIVERED',
      payments: [{ status: 'CAPTURED' }],
      lines: [{ sku: lamp.sku, variant: { product: { name: lamp.name } } }],
    });
    expect(guest.errors).toEqual([]);
    const origins = (await show(orderId, accessToken)).fulfillments.map(({ warehouse }: Data) => warehouse.code);
    expect(origins.toSorted()).toEqual(['NORTH', 'SOUTH']);
    await Promise.all([staff.close(), guest.close()]);
  });

  test('an order has its customer, its payment, its fulfillments and its history', async () => {
    const { shop, buyer, owner } = souk;
    const lamp = await shop.offer({ north: 5, south: 0 });
    const { id, accessToken } = await buyer.order(lamp, 2);
    const order = await until(async () => {
      const shown = await show(id, null, owner);
      return shown.customer && shown;
    });
    expect(order).toMatchObject({
      status: 'CONFIRMED',
      customer: { email: 'buyer@example.test' },
      payments: [
        { status: 'CAPTURED', amount: { amount: '24.90', currencyCode: 'EUR' }, refundedAmount: { amount: '0.00' } },
      ],
      lines: [{ sku: lamp.sku, quantity: 2, variant: { availability: { quantity: 3 }, product: { name: lamp.name } } }],
      fulfillments: [],
    });
    const { errors, data } = await souk.run(ORDER_SHOW, { id, accessToken });
    expect([errors, data?.order]).toEqual([
      [],
      expect.objectContaining({
        number: order.number,
        payments: order.payments,
        customer: { ...order.customer, email: null }, // The email of an account is for staff and its owner.
      }),
    ]);
  });

  test('only a caller with its access token and staff of its shop can read an order', async () => {
    const { shop, buyer, owner, rival } = souk;
    const { id, accessToken } = await buyer.order(await shop.offer({ north: 1, south: 0 }));
    expect(await show(id, accessToken)).toMatchObject({ id });
    expect(await show(id, null, owner)).toMatchObject({ id });
    expect(await show(id, null)).toBeNull();
    expect(
      await show(
        id,
        accessToken.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      ),
    ).toBeNull();
    expect(await show(id, accessToken, rival)).toBeNull();
    expect(await show(id, accessToken, { 'x-tenant-id': shop.rivalTenantId })).toBeNull();
  });

  test('staff of another shop cannot change an order, and get the same error as for an unknown order', async () => {
    const { shop, buyer, rival } = souk;
    const { id: orderId } = await buyer.order(await shop.offer({ north: 1, south: 0 }));
    for (const [mutation, input] of [
      [ORDER_CANCEL, { reason: 'not mine' }],
      [FULFILLMENT_CREATE, {}],
    ] as const) {
      const theirs = await change(mutation, { ...input, orderId }, rival);
      expect(theirs.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
      expect(theirs).toEqual(await change(mutation, { ...input, orderId: randomUUID() }, rival));
    }
    expect(await souk.data(ORDERS, {}, rival)).toMatchObject({ orders: { nodes: [] } });
    const forged = await souk.run(ORDERS, {}, { ...rival, 'x-tenant-id': shop.tenantId });
    expect([forged.status, forged.errors[0]?.extensions.code]).toEqual([403, 'TENANT_MISMATCH']);
  });

  test('a caller who may not read an order cannot subscribe to it', async () => {
    const { shop, buyer, rival } = souk;
    const { id: orderId, accessToken } = await buyer.order(await shop.offer({ north: 1, south: 0 }));
    const refusals = await Promise.all([
      souk.watch(ORDER_STATUS_CHANGED, { orderId }),
      souk.watch(ORDER_STATUS_CHANGED, { orderId, accessToken }, rival),
      souk.watch(ORDER_STATUS_CHANGED, { orderId: randomUUID() }),
      souk.watch(ORDERS_CHANGED, {}),
    ]);
    await until(() => refusals.every(({ errors }) => errors.length > 0));
    const codes = refusals.map(({ errors }) => errors[0]?.extensions.code);
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED']);
    await Promise.all(refusals.map((refused) => refused.close()));
  });

  test('staff receive only the orders of their own shop', async () => {
    const { shop, buyer, rivalBuyer, owner, rival } = souk;
    const subscription = 'subscription { ordersChanged { type order { id } } }';
    const ours = await souk.watch(subscription, {}, owner);
    const theirs = await souk.watch(subscription, {}, rival);
    const { id } = await buyer.order(await shop.offer({ north: 1, south: 0 }));
    // The confirmation is found by the order's id, because events of other orders may also arrive.
    const confirmed = (orderId: string) => (event: Data) =>
      event.ordersChanged.type === 'CONFIRMED' && event.ordersChanged.order.id === orderId;
    await ours.next(confirmed(id));
    const next = await rivalBuyer.order(await shop.offer({ north: 1, south: 0 }, shop.rivalTenantId));
    await theirs.next(confirmed(next.id));
    const orderIds = (events: readonly Data[]) => new Set(events.map(({ ordersChanged }) => ordersChanged.order.id));
    expect(orderIds(ours.events)).not.toContain(next.id);
    expect(orderIds(theirs.events)).not.toContain(id);
    await Promise.all([ours.close(), theirs.close()]);
  });

  test('canceling an order returns its stock and its money once', async () => {
    const { shop, buyer, owner, books } = souk;
    const lamp = await shop.offer({ north: 2, south: 3 });
    const { id: orderId, accessToken } = await buyer.order(lamp, 4);
    const guest = await souk.watch(ORDER_STATUS_CHANGED, { orderId, accessToken });
    const input = { orderId, reason: 'changed my mind', idempotencyKey: randomUUID() };
    expect(await change(ORDER_CANCEL, input, owner)).toMatchObject({ order: { status: 'CANCELED' }, userErrors: [] });
    const refunded = await guest.next(({ orderStatusChanged }) => orderStatusChanged.type === 'REFUNDED');
    expect(refunded.orderStatusChanged.order).toMatchObject({ status: 'CANCELED', paymentStatus: 'REFUNDED' });
    const received = types(guest.events, 'orderStatusChanged');
    // Earlier entries are left out, because events of the purchase may arrive after the subscription began.
    expect(received.slice(received.indexOf('CANCELED'))).toEqual(['CANCELED', 'REFUNDED']);

    expect(await change(ORDER_CANCEL, input, owner)).toMatchObject({ order: { id: orderId }, userErrors: [] });
    const again = await change(ORDER_CANCEL, { orderId, reason: 'once more' }, owner);
    expect(again.userErrors).toMatchObject([{ code: 'ORDER_NOT_CANCELABLE' }]);
    expect(await books.paymentsOf(orderId)).toEqual(['REFUNDED']);
    expect(await books.stockOf(lamp.sku)).toEqual({ onHand: 5, reserved: 0, ledgerOnHand: 5, ledgerReserved: 0 });
    await guest.close();
  });

  test('a shipped order cannot be canceled', async () => {
    const { shop, buyer, owner } = souk;
    const { id: orderId } = await buyer.order(await shop.offer({ north: 1, south: 0 }));
    const { fulfillments } = await change(FULFILLMENT_CREATE, { orderId }, owner);
    await change(FULFILLMENT_SHIP, { fulfillmentId: fulfillments[0].id }, owner);
    const refused = await change(ORDER_CANCEL, { orderId, reason: 'too late' }, owner);
    expect(refused).toMatchObject({ order: null, userErrors: [{ code: 'ORDER_NOT_CANCELABLE' }] });
  });

  test('a declined card leads to no order and no reservation, and another card is accepted', async () => {
    const { shop, buyer, books } = souk;
    const lamp = await shop.offer({ north: 1, south: 0 });
    const cartId = await buyer.fillCart(lamp);
    const declined = await buyer.checkout(cartId, { token: 'tok_declined' });
    const refusal = { __typename: 'PaymentDeclinedError', declineCode: 'card_declined' };
    expect(declined).toMatchObject({ order: null, orderAccessToken: null, userErrors: [refusal] });
    expect(await books.stockOf(lamp.sku)).toMatchObject({ onHand: 1, reserved: 0 });
    expect(await buyer.checkout(cartId)).toMatchObject({ order: { status: 'CONFIRMED' }, userErrors: [] });
  });

  test('a repeated checkout returns the same order, also while the first request runs', async () => {
    const { shop, buyer, books } = souk;
    const lamp = await shop.offer({ north: 5, south: 0 });
    const [cartId, idempotencyKey] = [await buyer.fillCart(lamp), randomUUID()];
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => buyer.checkout(cartId, { idempotencyKey })));
    const later = await buyer.checkout(cartId, { idempotencyKey });
    const ids = [...others, later].map(({ order, orderAccessToken }) => [order.id, orderAccessToken]);
    expect(ids).toEqual(Array(3).fill([first?.order.id, first?.orderAccessToken]));
    expect(await books.stockOf(lamp.sku)).toMatchObject({ onHand: 4, reserved: 0 });
    const other = await buyer.checkout(cartId, { idempotencyKey, token: 'tok_slow' });
    expect(other).toMatchObject({ order: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
  });

  test.each([
    [
      'a cart',
      CART_CREATE,
      async () => ({ lines: [{ variantId: (await souk.shop.offer({ north: 1, south: 0 })).variantId, quantity: 1 }] }),
    ],
    [
      'a correction of stock',
      STOCK_ADJUST,
      async () => ({
        sku: (await souk.shop.offer({ north: 1, south: 0 })).sku,
        warehouseId: souk.shop.warehouses.NORTH,
        delta: 3,
        reason: 'found',
      }),
    ],
    [
      'a fulfillment',
      FULFILLMENT_CREATE,
      async () => ({ orderId: (await souk.buyer.order(await souk.shop.offer({ north: 1, south: 0 }))).id }),
    ],
  ])(
    '%s is created once for an idempotency key, and the key is refused with other input',
    async (_what, mutation, inputOf) => {
      const idempotencyKey = randomUUID();
      const input = await inputOf();
      const first = await change(mutation, { ...input, idempotencyKey }, souk.owner);
      expect(first.userErrors).toEqual([]);
      expect(await change(mutation, { ...input, idempotencyKey }, souk.owner)).toEqual(first);
      const other = await change(mutation, { ...(await inputOf()), idempotencyKey }, souk.owner);
      expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    },
  );

  return () => souk;
}
