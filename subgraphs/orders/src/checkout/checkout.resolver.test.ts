import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CheckStock, ReserveStock } from '@souk/inventory/contract';
import { AuthorizePayment, CapturePayment, VoidPayment } from '@souk/payments/contract';
import { recordQueries, sequentialScans, testActors, until } from '@souk/kit/testing';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());
afterEach(() => {
  shop.stock.interference.recover();
  shop.payments.interference.recover();
});

const checkoutsOf = async (cartId: string) =>
  (await shop.admin.query<{ state: string }>(`select state from orders.checkout where cart_id = $1`, [cartId])).rows;

test('a cart becomes an order that is paid and confirmed', async () => {
  const lamp = shop.offer(5, '10.00');
  const cartId = await shop.fillCart([{ ...lamp, quantity: 2 }]);
  const { order, orderAccessToken, userErrors } = await shop.checkout(cartId);
  expect(userErrors).toEqual([]);
  expect(order).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'PAID', fulfillmentStatus: 'UNFULFILLED' });
  expect(order.totals.total).toEqual({ amount: '24.90', currencyCode: 'EUR' });
  expect(order.lines).toMatchObject([{ sku: lamp.sku, quantity: 2 }]);
  expect(orderAccessToken).toEqual(expect.any(String));
  expect(shop.stock.available(lamp.sku)).toBe(3);
  const { rows } = await shop.admin.query('select agreement from orders.checkout where cart_id = $1', [cartId]);
  expect(rows).toEqual([{ agreement: null }]); // only the order keeps the buyer's address
});

test('a cart keeps the sales channel in which it was made, and the order records the channel', async () => {
  const [web, wholesale] = [randomUUID(), randomUUID()];
  shop.catalog.channelPrices.set(wholesale, '7.00');
  const [inWeb, inWholesale] = [web, wholesale].map((channelId) => ({ ...shop.shopper, channelId }));
  const cartId = await shop.fillCart([{ ...shop.offer(5, '10.00'), quantity: 1 }], inWholesale);
  const { cartLinesAdd } = await shop.process.query(
    inWeb ?? shop.shopper,
    `mutation ($input: CartLinesAddInput!) {
       cartLinesAdd(input: $input) { cart { channel { id } lines { unitPrice { amount } } } userErrors { code } } }`,
    { input: { cartId, lines: [{ variantId: shop.offer(5, '10.00').variantId, quantity: 2 }] } },
  );
  const unitPrice = { amount: '7.00' };
  const lines = [{ unitPrice }, { unitPrice }];
  expect(cartLinesAdd).toEqual({ cart: { channel: { id: wholesale }, lines }, userErrors: [] });
  const { order } = await shop.checkout(cartId, {}, inWeb);
  expect(order.totals.total).toEqual({ amount: '25.90', currencyCode: 'EUR' });
  const shown = await shop.process.query(shop.staff, `query ($id: ID!) { order(id: $id) { channel { id } } }`, order);
  expect(shown).toEqual({ order: { channel: { id: wholesale } } });
});

test('order numbers are consecutive without gaps', async () => {
  const lamp = shop.offer(10);
  const carts = await Promise.all(Array.from({ length: 5 }, () => shop.fillCart([{ ...lamp, quantity: 1 }])));
  const placed = await Promise.all(carts.map((cartId) => shop.checkout(cartId)));
  const numbers = placed.map(({ order }) => Number(order.number)).toSorted((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

test('missing data is reported before anything is held', async () => {
  const { cartCreate } = await shop.process.query(
    shop.shopper,
    `mutation { cartCreate(input: { currencyCode: "EUR", lines: [] }) { cart { id } } }`,
  );
  const { order, userErrors } = await shop.checkout(cartCreate.cart.id);
  expect(order).toBeNull();
  expect(userErrors.map(({ code }: { code: string }) => code)).toEqual([
    'CART_EMPTY',
    'ADDRESS_MISSING',
    'EMAIL_MISSING',
    'SHIPPING_METHOD_MISSING',
  ]);
  expect((await shop.checkout(randomUUID())).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['cartId'] }]);
  expect(await checkoutsOf(cartCreate.cart.id)).toEqual([]);
});

test('a cart that differs from the version the buyer saw is not ordered, and the key stays free', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const { cart } = await shop.process.query(shop.shopper, `{ cart(id: "${cartId}") { version } }`);
  const idempotencyKey = randomUUID();
  const stale = await shop.checkout(cartId, { idempotencyKey, expectedVersion: cart.version - 1 });
  expect(stale).toMatchObject({
    order: null,
    userErrors: [{ __typename: 'VersionConflictError', field: ['expectedVersion'], currentVersion: cart.version }],
  });
  expect(await checkoutsOf(cartId)).toEqual([]);
  const { order } = await shop.checkout(cartId, { idempotencyKey, expectedVersion: cart.version });
  expect(order.status).toBe('CONFIRMED');
  const repeated = await shop.checkout(cartId, { idempotencyKey, expectedVersion: cart.version - 1 });
  expect(repeated.order.id).toBe(order.id); // the fingerprint excludes the version
});

test('the same key with the same input returns the same order, with another input it is refused', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const idempotencyKey = randomUUID();
  const [first, second] = await Promise.all([1, 2].map(() => shop.checkout(cartId, { idempotencyKey })));
  expect(first.order.id).toEqual(second.order.id);
  expect(first.orderAccessToken).toEqual(second.orderAccessToken);
  expect((await shop.checkout(cartId, { idempotencyKey })).order.id).toBe(first.order.id);
  const other = await shop.checkout(cartId, { idempotencyKey, token: 'tok_slow' });
  expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  expect(shop.stock.available(lamp.sku)).toBe(4);
});

test('the key of one cart is free in every other cart', async () => {
  const lamp = shop.offer(5);
  const carts = await Promise.all([1, 2].map(() => shop.fillCart([{ ...lamp, quantity: 1 }])));
  const idempotencyKey = randomUUID();
  const answers = await Promise.all(carts.map((cartId) => shop.checkout(cartId, { idempotencyKey })));
  expect(new Set(answers.map(({ order }) => order.id)).size).toBe(2);
});

test('a key that an earlier version stored for a cart still returns its order', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const idempotencyKey = randomUUID();
  const { order } = await shop.checkout(cartId, { idempotencyKey });
  await shop.admin.query('update orders.checkout set idempotency_key = $1 where cart_id = $2', [
    idempotencyKey,
    cartId,
  ]);
  expect((await shop.checkout(cartId, { idempotencyKey })).order.id).toBe(order.id);
});

test('without a login the key of a checkout needs 16 characters, as in any mutation', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  for (const idempotencyKey of ['1', 'k'.repeat(15), 'k'.repeat(256), `${'k'.repeat(20)}\0`])
    expect((await shop.checkout(cartId, { idempotencyKey })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_INVALID', field: ['idempotencyKey'] },
    ]);
  expect(await checkoutsOf(cartId)).toEqual([]);
  expect((await shop.checkout(cartId, { idempotencyKey: '1' }, shop.staff)).order.status).toBe('CONFIRMED');
});

test('the checkout of an ordered cart returns its order and token to the holder of the cart', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const first = await shop.checkout(cartId);
  const again = await shop.checkout(cartId, { idempotencyKey: randomUUID(), token: 'tok_declined' });
  expect(again).toMatchObject({ order: { id: first.order.id }, orderAccessToken: first.orderAccessToken });
  expect(again.userErrors).toEqual([]);
  expect(shop.stock.available(lamp.sku)).toBe(4);
});

const CHANGES: readonly [string, (cartId: string, lineId: string, variantId: string) => string][] = [
  [
    'cartLinesAdd',
    (cartId, _lineId, variantId) =>
      `cartLinesAdd(input: { cartId: "${cartId}", lines: [{ variantId: "${variantId}", quantity: 1 }] })`,
  ],
  [
    'cartLinesUpdate',
    (cartId, lineId) =>
      `cartLinesUpdate(input: { cartId: "${cartId}", lines: [{ lineId: "${lineId}", quantity: 3 }] })`,
  ],
  ['cartLinesRemove', (cartId, lineId) => `cartLinesRemove(input: { cartId: "${cartId}", lineIds: ["${lineId}"] })`],
  [
    'cartAddressSet',
    (cartId) =>
      `cartAddressSet(input: { cartId: "${cartId}", email: "o@example.test", shippingAddress: { name: "O", line1: "Side Street 2", city: "Bonn", postalCode: "53111", countryCode: "DE" } })`,
  ],
  [
    'cartShippingMethodSet',
    (cartId) => `cartShippingMethodSet(input: { cartId: "${cartId}", shippingMethodId: "${randomUUID()}" })`,
  ],
];

test.each(CHANGES)(
  '%s is refused while the cart is ordered, and the order is what the buyer saw',
  async (_name, changeOf) => {
    const lamp = shop.offer(9);
    const cartId = await shop.fillCart([{ ...lamp, quantity: 2 }]);
    const { cart } = await shop.process.query(shop.shopper, `{ cart(id: "${cartId}") { lines { id } } }`);
    const gate = shop.payments.interference.hold(AuthorizePayment.name);
    const answer = shop.checkout(cartId);
    await until(async () => (await checkoutsOf(cartId))[0]?.state === 'RESERVED');
    const change = `mutation { change: ${changeOf(cartId, cart.lines[0].id, lamp.variantId)} { cart { id } userErrors { code field } } }`;
    const refused = await shop.process.query(shop.shopper, change);
    expect(refused['change']).toEqual({
      cart: null,
      userErrors: [{ code: 'CHECKOUT_IN_PROGRESS', field: ['cartId'] }],
    });
    gate.open();
    const { order } = await answer;
    expect(order).toMatchObject({ status: 'CONFIRMED', lines: [{ quantity: 2 }] });
  },
);

test('changes that race with a checkout are part of the order, or refused', async () => {
  const lamp = shop.offer(500);
  for (let round = 0; round < 6; round++) {
    const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
    const add = `mutation { cartLinesAdd(input: { cartId: "${cartId}", lines: [{ variantId: "${lamp.variantId}", quantity: 1 }] }) { userErrors { code } } }`;
    const [placed, ...added] = await Promise.all([
      shop.checkout(cartId),
      ...Array.from({ length: 6 }, () => shop.process.query(shop.shopper, add)),
    ]);
    const codes = added.flatMap(({ cartLinesAdd }) =>
      cartLinesAdd.userErrors.map(({ code }: { code: string }) => code),
    );
    const taken = added.length - codes.length;
    expect(placed.order.lines).toMatchObject([{ quantity: 1 + taken }]);
    expect(codes.every((code) => ['CHECKOUT_IN_PROGRESS', 'CART_CLOSED'].includes(code))).toBe(true);
  }
});

test('a cart whose checkout is being compensated may change', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  shop.payments.interference.fail(AuthorizePayment.name, 'MUTE');
  shop.payments.interference.fail(VoidPayment.name, 'DOWN');
  await shop.checkout(cartId);
  expect(await checkoutsOf(cartId)).toEqual([{ state: 'UNDOING' }]);
  const add = `mutation { cartLinesAdd(input: { cartId: "${cartId}", lines: [{ variantId: "${lamp.variantId}", quantity: 1 }] }) { cart { lines { quantity } } } }`;
  expect((await shop.process.query(shop.shopper, add))['cartLinesAdd'].cart.lines).toEqual([{ quantity: 2 }]);
  shop.payments.interference.recover();
  await shop.restart();
  await shop.settled();
});

test('concurrent checkouts of a cart place one order', async () => {
  const lamp = shop.offer(50);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const answers = await Promise.all(Array.from({ length: 8 }, () => shop.checkout(cartId)));
  // A request that arrives after the order was placed returns the same order.
  expect(new Set(answers.flatMap(({ order }) => (order ? [order.id] : []))).size).toBe(1);
  const refusals = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
  expect(refusals.every((code) => code === 'CHECKOUT_IN_PROGRESS')).toBe(true);
  expect(shop.stock.available(lamp.sku)).toBe(49);
});

test('a declined card holds nothing, its key keeps the refusal, and a new key succeeds', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 2 }]);
  const declined = { idempotencyKey: randomUUID(), token: 'tok_declined' };
  for (let time = 1; time <= 2; time++) {
    const { order, userErrors } = await shop.checkout(cartId, declined);
    expect(order).toBeNull();
    expect(userErrors).toMatchObject([
      { __typename: 'PaymentDeclinedError', code: 'PAYMENT_DECLINED', declineCode: 'card_declined' },
    ]);
  }
  expect(await checkoutsOf(cartId)).toEqual([{ state: 'UNDONE' }]);
  expect(shop.stock.held).toBe(0);
  expect((await shop.checkout(cartId, { idempotencyKey: randomUUID() })).order.status).toBe('CONFIRMED');
});

test('missing stock is reported per variant', async () => {
  const [lamp, bulb] = [shop.offer(1), shop.offer(9)];
  const cartId = await shop.fillCart([
    { ...lamp, quantity: 2 },
    { ...bulb, quantity: 1 },
  ]);
  const { order, userErrors } = await shop.checkout(cartId);
  const { cart } = await shop.process.query(shop.shopper, `{ cart(id: "${cartId}") { lines { id } } }`);
  expect(order).toBeNull();
  expect(userErrors).toMatchObject([
    {
      __typename: 'InsufficientStockError',
      lineId: cart.lines[0].id,
      variantId: lamp.variantId,
      available: 1,
      field: ['cart', 'lines', '0', 'quantity'],
    },
  ]);
  expect(shop.stock.available(bulb.sku)).toBe(9);
});

test('one unit, two buyers: exactly one order', async () => {
  const lamp = shop.offer(1);
  const carts = await Promise.all([1, 2].map(() => shop.fillCart([{ ...lamp, quantity: 1 }])));
  const answers = await Promise.all(carts.map((cartId) => shop.checkout(cartId)));
  expect(answers.filter(({ order }) => order)).toHaveLength(1);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'INSUFFICIENT_STOCK', available: 0 }]);
});

test('a changed price is shown to the buyer before the payment', async () => {
  const lamp = shop.offer(5, '10.00');
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  shop.catalog.sell({ ...lamp, unitPrice: '12.50' });
  const idempotencyKey = randomUUID();
  expect((await shop.checkout(cartId, { idempotencyKey })).userErrors).toMatchObject([
    { __typename: 'PriceChangedError', variantId: lamp.variantId, unitPrice: { amount: '12.50', currencyCode: 'EUR' } },
  ]);
  const { cart } = await shop.process.query(
    shop.shopper,
    `{ cart(id: "${cartId}") { lines { unitPrice { amount } } } }`,
  );
  expect(cart.lines).toEqual([{ unitPrice: { amount: '12.50' } }]);
  expect((await shop.checkout(cartId, { idempotencyKey })).order.totals.total.amount).toBe('17.40');
});

test.each([
  ['inventory', ReserveStock.name],
  ['payments', AuthorizePayment.name],
])('when %s does not answer nothing stays held, and the same key may try again', async (subgraph, command) => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const idempotencyKey = randomUUID();
  const { interference } = subgraph === 'inventory' ? shop.stock : shop.payments;
  for (const how of ['DOWN', 'MUTE'] as const) {
    interference.fail(command, how);
    expect((await shop.checkout(cartId, { idempotencyKey })).userErrors).toMatchObject([
      { code: 'SERVICE_UNAVAILABLE' },
    ]);
    expect(shop.stock.available(lamp.sku)).toBe(5);
  }
  interference.recover();
  expect((await shop.checkout(cartId, { idempotencyKey })).order.status).toBe('CONFIRMED');
  expect(shop.stock.available(lamp.sku)).toBe(4);
});

test('a refusal does not wait for a delayed compensation', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  shop.payments.interference.fail(AuthorizePayment.name, 'MUTE');
  shop.payments.interference.fail(VoidPayment.name, 'DOWN');
  expect((await shop.checkout(cartId)).userErrors).toMatchObject([{ code: 'SERVICE_UNAVAILABLE' }]);
  expect(await checkoutsOf(cartId)).toEqual([{ state: 'UNDOING' }]);
  expect((await shop.checkout(cartId)).userErrors).toMatchObject([{ code: 'CHECKOUT_IN_PROGRESS' }]);
  shop.payments.interference.recover();
  await shop.restart();
  await shop.settled();
  expect((await shop.checkout(cartId)).order.status).toBe('CONFIRMED');
});

test('an order whose payment is unavailable is placed, and recovery confirms it when payments replies again', async () => {
  const lamp = shop.offer(5);
  shop.payments.interference.fail(CapturePayment.name, 'DOWN');
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const { order } = await shop.checkout(cartId);
  expect(order).toMatchObject({ status: 'PLACED', paymentStatus: 'AUTHORIZED' });
  const isLeft = 'select lease_until <= now() as left from orders.checkout where cart_id = $1';
  await until(async () => (await shop.admin.query<{ left: boolean }>(isLeft, [cartId])).rows[0]?.left);
  shop.payments.interference.recover();
  await shop.restart();
  await shop.settled();
  const { order: later } = await shop.process.query(
    shop.staff,
    `{ order(id: "${order.id}") { status paymentStatus } }`,
  );
  expect(later).toEqual({ status: 'CONFIRMED', paymentStatus: 'PAID' });
});

test('with manual capture an order is confirmed while its money is held', async () => {
  const lamp = shop.offer(5);
  const setPolicy = (capturePolicy: 'AUTOMATIC' | 'MANUAL') =>
    shop.process.services.setOrderSettings(shop.staff, { defaultCurrency: 'EUR', capturePolicy, numberPrefix: 'D-' });
  await setPolicy('MANUAL');
  const { order } = await shop.checkout(await shop.fillCart([{ ...lamp, quantity: 1 }]));
  expect(order).toMatchObject({
    status: 'CONFIRMED',
    paymentStatus: 'AUTHORIZED',
    number: expect.stringMatching(/^D-\d{6}$/),
  });
  await setPolicy('AUTOMATIC');
});

test('an order that costs nothing needs no payment', async () => {
  const gift = shop.offer(5, '0.00');
  await shop.process.services.importShippingMethods(shop.staff, [
    { code: 'standard', name: 'Standard', countryCodes: ['DE'], prices: [{ currencyCode: 'EUR', price: '0.00' }] },
  ]);
  const { order } = await shop.checkout(await shop.fillCart([{ ...gift, quantity: 1 }]));
  expect(order).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'NONE' });
});

test('a slow checkout keeps its lease: recovery leaves it alone', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  const gate = shop.payments.interference.hold(AuthorizePayment.name);
  const answer = shop.checkout(cartId);
  const leaseOf = async () =>
    (
      await shop.admin.query<{ until: Date }>(`select lease_until as until from orders.checkout where cart_id = $1`, [
        cartId,
      ])
    ).rows[0]?.until;
  const first = await until(leaseOf);
  await until(async () => ((await leaseOf())?.getTime() ?? 0) - first.getTime() > 1500);
  gate.open();
  expect((await answer).order.status).toBe('CONFIRMED');
});

test('one tenant cannot order the cart of another', async () => {
  const lamp = shop.offer(5);
  const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
  expect((await shop.checkout(cartId, {}, testActors([]).shopper)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

describe('the attempt limit on testing cards', () => {
  const from = (clientAddress: string) => ({ ...shop.shopper, clientAddress });
  const codesOf = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
  const decline = async (cartId: string, address: string) =>
    codesOf(await shop.checkout(cartId, { token: 'tok_declined' }, from(address)));

  test('a cart must wait after five declines from any addresses', async () => {
    const lamp = shop.offer(5);
    const cartId = await shop.fillCart([{ ...lamp, quantity: 1 }]);
    for (let time = 1; time <= 5; time++)
      expect(await decline(cartId, `198.51.100.${time}`)).toEqual(['PAYMENT_DECLINED']);
    const { order, userErrors } = await shop.checkout(cartId, {}, from('198.51.100.9'));
    expect(order).toBeNull();
    expect(userErrors).toMatchObject([{ __typename: 'TooManyAttemptsError', code: 'TOO_MANY_ATTEMPTS' }]);
    expect(userErrors[0].retryAfterSeconds).toBeGreaterThan(0);
    await shop.admin.query(`update orders.attempt_count set ends_at = now() - interval '1 second'`);
    expect((await shop.checkout(cartId)).order.status).toBe('CONFIRMED');
  });

  test('an address must wait after 20 declines with any carts, other addresses can buy, and successes are not counted', async () => {
    const lamp = shop.offer(90);
    const carts = await Promise.all(Array.from({ length: 22 }, () => shop.fillCart([{ ...lamp, quantity: 1 }])));
    const answers: string[][] = [];
    for (const cartId of carts) answers.push(await decline(cartId, '198.51.100.77'));
    expect(answers.slice(0, 20).flat()).toEqual(Array(20).fill('PAYMENT_DECLINED'));
    expect(answers.slice(20).flat()).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
    const [first = '', ...others] = carts;
    await shop.restart();
    expect(await decline(first, '198.51.100.77')).toEqual(['TOO_MANY_ATTEMPTS']);
    const bought = await Promise.all(others.map((cartId) => shop.checkout(cartId, {}, from('198.51.100.78'))));
    expect(bought.every(({ order }) => order?.status === 'CONFIRMED')).toBe(true);
  });

  test('a count reveals no subject, and is deleted after its window', async () => {
    const { rows } = await shop.admin.query<{ subject: string }>('select subject from orders.attempt_count');
    expect(rows.length).toBeGreaterThan(0);
    for (const { subject } of rows) expect(subject).toMatch(/^[\w-]{43}$/);
  });
});

describe('a line that asks for more units than are available', () => {
  const PAYLOAD =
    '{ cart { lines { id quantity } } warnings { code message lineId variantId sku requested available } userErrors { code } }';
  const change = async (name: string, input: string) =>
    (await shop.process.query(shop.shopper, `mutation { change: ${name}(input: ${input}) ${PAYLOAD} }`))['change'];

  test('gets a warning when it is added or changed, and loses it when it fits', async () => {
    const [lamp, bulb] = [shop.offer(56), shop.offer(9)];
    const cartId = await shop.fillCart([{ ...bulb, quantity: 9 }]);
    const added = await change(
      'cartLinesAdd',
      `{ cartId: "${cartId}", lines: [{ variantId: "${lamp.variantId}", quantity: 5000 }] }`,
    );
    const lineId = added.cart.lines[1].id;
    const shortage = { code: 'INSUFFICIENT_STOCK', lineId, variantId: lamp.variantId, sku: lamp.sku, available: 56 };
    expect(added).toMatchObject({ userErrors: [], warnings: [{ ...shortage, requested: 5000 }] });
    const lines = (quantity: number) =>
      `{ cartId: "${cartId}", lines: [{ lineId: "${lineId}", quantity: ${quantity} }] }`;
    expect((await change('cartLinesUpdate', lines(57))).warnings).toMatchObject([{ ...shortage, requested: 57 }]);
    const shown = async () =>
      (await shop.process.query(shop.shopper, `{ cart(id: "${cartId}") { warnings { lineId requested } } }`))['cart']
        .warnings;
    expect(await shown()).toEqual([{ lineId, requested: 57 }]);
    expect((await change('cartLinesUpdate', lines(56))).warnings).toEqual([]);
    expect(await shown()).toEqual([]);
    const opened = `{ currencyCode: "EUR", lines: [{ variantId: "${lamp.variantId}", quantity: 60 }] }`;
    expect((await change('cartCreate', opened)).warnings).toMatchObject([{ requested: 60, available: 56 }]);
  });

  test('has a warning to remove the line when no unit is left', async () => {
    const gone = shop.offer(0);
    const { warnings } = await change(
      'cartCreate',
      `{ currencyCode: "EUR", lines: [{ variantId: "${gone.variantId}", quantity: 1 }] }`,
    );
    expect(warnings).toMatchObject([{ available: 0, message: expect.stringContaining('remove the line') }]);
  });

  test('does not stop changes of the cart while inventory does not reply', async () => {
    const lamp = shop.offer(1);
    shop.stock.interference.fail(CheckStock.name, 'DOWN');
    const answer = await change(
      'cartCreate',
      `{ currencyCode: "EUR", lines: [{ variantId: "${lamp.variantId}", quantity: 2 }] }`,
    );
    expect(answer).toMatchObject({ cart: { lines: [{ quantity: 2 }] }, warnings: [], userErrors: [] });
  });
});

test('no statement of a cart or a checkout scans a table', async () => {
  const lamp = shop.offer(5);
  const { statements } = await recordQueries(() => shop.order([{ ...lamp, quantity: 1 }]));
  expect(statements.length).toBeGreaterThan(30);
  const small = ['shipping_method', 'attempt_count']; // counts end after 15 minutes
  expect(await sequentialScans(shop.database, 'orders', statements, small)).toEqual([]);
  const hidden = ['select from checkout where tenant_id = $1 and cart_id = $2 and state not in ($3, $4)'];
  expect(await sequentialScans(shop.database, 'orders', hidden)).toEqual([`checkout: ${hidden[0]}`]);
});
