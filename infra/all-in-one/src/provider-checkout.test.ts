import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startFlutterwaveEmulator } from '@souk/emulators/flutterwave';
import { startStripeEmulator, type StripeEmulator } from '@souk/emulators/stripe';
import { until } from '@souk/kit/testing';
import { callRest } from './rest/testing/rest-client.ts';
import type { Data } from './testing/graphql-client.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const SECRET = 'whsec_shop';
let emulator: StripeEmulator;
let flutterwave: Awaited<ReturnType<typeof startFlutterwaveEmulator>>;
let installation: TestInstallation;
let souk: TestSouk;
let notifies = true;

beforeAll(async () => {
  emulator = await startStripeEmulator({
    webhookSecret: SECRET,
    webhookUrl: () => (notifies ? `${souk.url}/api/v1/payments/webhook/stripe` : null),
  });
  flutterwave = await startFlutterwaveEmulator({
    secretKey: 'FLWSECK_TEST-1',
    secretHash: SECRET,
    webhookUrl: () => (notifies ? `${souk.url}/api/v1/payments/webhook/flutterwave` : null),
  });
  installation = await openInstallation();
  const keys = { secretKey: 'sk_test_1', webhookSecret: SECRET, apiUrl: emulator.url };
  const others = { secretKey: 'FLWSECK_TEST-1', webhookSecret: SECRET, apiUrl: flutterwave.url };
  const secrets = [
    { tenantId: '*', name: 'shop', ...keys },
    { tenantId: '*', name: 'flutterwave', ...others },
  ];
  souk = await startTestSouk(installation, { settings: { payments: { secrets } } });
  await rest('PUT', '/payment-accounts/FLUTTERWAVE', {
    enabled: true,
    secretName: 'flutterwave',
    captureMethod: 'AUTOMATIC',
    limits: [{ currencyCode: 'EUR', minimum: '5.00' }],
  });
  await rest('PUT', '/payment-accounts/STRIPE', {
    enabled: true,
    secretName: 'shop',
    publishableKey: 'pk_test_1',
    captureMethod: 'MANUAL',
    limits: [{ currencyCode: 'EUR', minimum: '5.00' }],
  });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
  await Promise.all([emulator.stop(), flutterwave.stop()]);
});
afterEach(() => {
  emulator.recover();
  notifies = true;
});

async function rest(method: string, path: string, body?: Data): Promise<Data> {
  const answer = await callRest(souk.url, method, path, { headers: souk.owner, ...(body && { body }) });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body?.['data'] as Data;
}

const CHECKOUT = `mutation ($input: CheckoutCompleteInput!) {
  checkoutComplete(input: $input) {
    order { id status paymentStatus payments { provider status } }
    nextAction { kind url expiresAt }
    userErrors { code }
  }
}`;
async function checkout(cartId: string, token: string): Promise<Data> {
  const payment = { provider: 'STRIPE', token, returnUrl: 'https://shop.test/checkout' };
  return (await souk.data(CHECKOUT, { input: { cartId, payment } }))['checkoutComplete'];
}
const aCart = async () => souk.buyer.fillCart(await souk.shop.offer({ north: 5, south: 0 }));
const ordersOf = async (cartId: string) => {
  const admin = await installation.database.connect();
  const { rows } = await admin.query<{ payment_status: string }>(
    'select payment_status from orders.sales_order where cart_id = $1',
    [cartId],
  );
  return rows.map((row) => row.payment_status);
};
const intents = () => emulator.intents().filter(({ status }) => status !== 'canceled');

test('the cart offers providers for the amounts that the shop has set', async () => {
  const cartId = await aCart();
  const offered = await callRest(souk.url, 'GET', `/carts/${cartId}/payment-methods`);
  expect(offered.body?.['data']).toEqual([
    { provider: 'FLUTTERWAVE', publishableKey: null },
    { provider: 'STRIPE', publishableKey: 'pk_test_1' },
  ]);
  const cheap = await souk.buyer.fillCart(await souk.shop.offer({ north: 1, south: 0, price: '0.01' }));
  expect((await callRest(souk.url, 'GET', `/carts/${cheap}/payment-methods`)).body?.['data']).toEqual([]);
  expect((await checkout(cheap, 'pm_card_visa')).userErrors).toEqual([{ code: 'PAYMENT_NOT_ALLOWED' }]);
});

test('a card pays an order', async () => {
  const { order, nextAction, userErrors } = await checkout(await aCart(), 'pm_card_visa');
  expect({ nextAction, userErrors }).toEqual({ nextAction: null, userErrors: [] });
  expect(order).toMatchObject({ paymentStatus: 'PAID', payments: [{ provider: 'STRIPE', status: 'CAPTURED' }] });
});

test('a buyer who authenticates on the page of the bank gets the order by the webhook alone', async () => {
  const cartId = await aCart();
  const { order, nextAction } = await checkout(cartId, 'pm_card_authenticationRequired');
  expect(order).toBeNull();
  expect(nextAction).toMatchObject({ kind: 'REDIRECT' });
  const back = await fetch(`${nextAction.url}/approve`, { method: 'POST', redirect: 'manual' });
  expect(back.headers.get('location')).toContain('https://shop.test/checkout?payment_intent=pi_');
  await until(async () => (await ordersOf(cartId)).includes('PAID'));
  const again = await checkout(cartId, 'pm_card_authenticationRequired');
  expect(again.order).toMatchObject({ paymentStatus: 'PAID' });
  expect(await ordersOf(cartId)).toHaveLength(1);
});

test('the return of the buyer needs no webhook', async () => {
  notifies = false;
  const cartId = await aCart();
  const { nextAction } = await checkout(cartId, 'pm_card_authenticationRequired');
  await fetch(`${nextAction.url}/approve`, { method: 'POST', redirect: 'manual' });
  expect((await checkout(cartId, 'pm_card_authenticationRequired')).order).toMatchObject({ paymentStatus: 'PAID' });
});

test('a buyer pays on the page of a provider without a token, by REST', async () => {
  const cartId = await aCart();
  const payment = { provider: 'FLUTTERWAVE', returnUrl: 'https://shop.test/checkout' };
  const started = await rest('POST', '/payments/initiate', { cartId, payment });
  expect(started['nextAction']).toMatchObject({ kind: 'REDIRECT' });
  const back = await fetch(`${started['nextAction'].url}/pay`, { method: 'POST', redirect: 'manual' });
  expect(back.headers.get('location')).toContain('https://shop.test/checkout?status=successful&tx_ref=');
  await until(async () => (await ordersOf(cartId)).includes('PAID'));
  const { order } = await rest('POST', '/payments/initiate', { cartId, payment });
  expect(order).toMatchObject({ paymentStatus: 'PAID' });
  expect(await ordersOf(cartId)).toHaveLength(1);
});

test('a buyer who pays after the checkout was canceled gets the money back', async () => {
  const cartId = await aCart();
  const payment = { provider: 'FLUTTERWAVE', returnUrl: 'https://shop.test/checkout' };
  const started = await rest('POST', '/payments/initiate', { cartId, payment });
  const CANCEL = `mutation ($input: CheckoutCancelInput!) { checkoutCancel(input: $input) { order { id } userErrors { code } } }`;
  const { checkoutCancel } = await souk.data(CANCEL, { input: { cartId } });
  expect(checkoutCancel).toEqual({ order: null, userErrors: [] });
  const back = await fetch(`${started['nextAction'].url}/pay`, { method: 'POST', redirect: 'manual' });
  const reference = new URL(back.headers.get('location') ?? '').searchParams.get('tx_ref') ?? '';
  await until(() => flutterwave.refundedOf(reference) === flutterwave.pageOf(reference)?.amount);
  expect(await ordersOf(cartId)).toEqual([]);
});

test('a charge whose answer was lost belongs to no order and is released', async () => {
  const cartId = await aCart();
  const before = intents().length;
  emulator.fail({ request: /confirm$/, how: 'AFTER', times: 2 });
  expect((await checkout(cartId, 'pm_card_visa')).userErrors).toEqual([{ code: 'SERVICE_UNAVAILABLE' }]);
  await until(() => intents().length === before);
  expect(await ordersOf(cartId)).toEqual([]);
  expect((await checkout(cartId, 'pm_card_visa')).order).toMatchObject({ paymentStatus: 'PAID' });
});

test('a notification without a sound signature is a 400, whatever it contains', async () => {
  const event = emulator.events[0]?.payload ?? '';
  const path = '/payments/webhook/stripe';
  const sent = async (body: string, signature?: string) =>
    (
      await callRest(souk.url, 'POST', path, {
        headers: signature === undefined ? {} : { 'stripe-signature': signature },
        body,
      })
    ).status;
  expect(await sent(event)).toBe(400);
  expect(await sent(event, 't=1,v1=00')).toBe(400);
  expect(await sent(`${event} `, emulator.sign(event))).toBe(400);
  expect(await sent('', emulator.sign(''))).toBe(400);
  expect(await sent('not JSON', emulator.sign('not JSON'))).toBe(400);
  expect(await sent(event, emulator.sign(event))).toBe(204);
  const unsigned = (provider: string) => callRest(souk.url, 'POST', `/payments/webhook/${provider}`, { body: event });
  expect((await unsigned('paystack')).status).toBe(400);
  expect((await unsigned('flutterwave')).status).toBe(400);
  expect((await callRest(souk.url, 'POST', '/payments/webhook/unknown', { body: event })).status).toBe(404);
});

test('keys are never shown, and another shop has no account', async () => {
  const accounts = await rest('GET', '/payment-accounts');
  expect(JSON.stringify(accounts)).not.toContain('sk_test');
  expect(accounts).toMatchObject([{ provider: 'FLUTTERWAVE' }, { provider: 'STRIPE', secretName: 'shop' }]);
  const rival = await callRest(souk.url, 'GET', '/payment-accounts', { headers: souk.rival });
  expect(rival.body?.['data']).toEqual([]);
});
