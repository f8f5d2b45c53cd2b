import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { money } from '@souk/kit/domain';
import { startTestSubgraph, testActors, type TestSubgraph } from '@souk/kit/testing';
import { payments as definition, type PaymentsServices } from '@souk/payments';
import { AuthorizePayment, ConfirmPayment, VoidPayment } from '@souk/payments/contract';
import { startStripeEmulator, type StripeEmulator } from './index.ts';

const actors = testActors(['payments:read', 'payments:write', 'settings:write']);
let emulator: StripeEmulator;
let payments: TestSubgraph<PaymentsServices>;
let customer: RequestContext;

beforeAll(async () => {
  emulator = await startStripeEmulator({ webhookSecret: 'whsec_shop' });
  const keys = { secretKey: 'sk_test_1', webhookSecret: 'whsec_shop', apiUrl: emulator.url };
  payments = await startTestSubgraph(definition, { settings: { secrets: [{ ...keys, name: 'shop', tenantId: '*' }] } });
  const account = { provider: 'STRIPE', enabled: true, secretName: 'shop', publishableKey: null } as const;
  for (const owner of [actors.owner, actors.otherTenant])
    await payments.services.setAccount(owner, { ...account, captureMethod: 'MANUAL', limits: [] });
});
afterAll(async () => {
  await payments.close();
  await emulator.stop();
});
beforeEach(() => void (customer = customerOf(actors.tenantId)));
afterEach(() => emulator.recover());

function customerOf(tenantId: string, customerId: string = randomUUID()): RequestContext {
  const actor = { kind: 'user', userId: randomUUID(), role: 'SHOPPER', scopes: [], customerId } as const;
  return { ...actors.shopper, tenantId, actor };
}
const idOf = ({ actor }: RequestContext) => (actor.kind === 'user' ? actor.customerId : undefined) ?? '';

const PAYLOAD = `paymentMethod { id provider } setupId nextAction { kind url clientSecret } userErrors { code message field }`;
const SAVE = `mutation ($input: PaymentMethodSaveInput!) { done: paymentMethodSave(input: $input) { ${PAYLOAD} } }`;
const CONFIRM = `mutation ($input: PaymentMethodConfirmInput!) { done: paymentMethodConfirm(input: $input) { ${PAYLOAD} } }`;
const DELETE = `mutation ($input: PaymentMethodDeleteInput!) { done: paymentMethodDelete(input: $input) { deletedId userErrors { code } } }`;
const LIST = `query ($of: [_Any!]!) {
  _entities(representations: $of) {
    ... on Customer { paymentMethods { id provider card { brand lastDigits expiryMonth expiryYear } } }
  }
}`;
const WEBHOOK = `mutation ($input: PaymentWebhookReceiveInput!) { paymentWebhookReceive(input: $input) { received userErrors { code } } }`;

interface Saved {
  readonly paymentMethod: { readonly id: string } | null;
  readonly setupId: string | null;
  readonly nextAction: {
    readonly kind: string;
    readonly url: string | null;
    readonly clientSecret: string | null;
  } | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly field: unknown }[];
}
const returnUrl = 'https://shop.test/account';
const save = async (token: string | null = 'pm_card_visa', more: object = {}, ctx = customer) =>
  (await payments.query<{ done: Saved }>(ctx, SAVE, { input: { provider: 'STRIPE', token, returnUrl, ...more } })).done;
const confirm = async (setupId: string | null, ctx = customer) =>
  (await payments.query<{ done: Saved }>(ctx, CONFIRM, { input: { setupId } })).done;
const remove = async (id: string, ctx = customer) =>
  (
    await payments.query<{ done: { deletedId: string | null; userErrors: { code: string }[] } }>(ctx, DELETE, {
      input: { id },
    })
  ).done;
const list = async (ctx = customer, id = idOf(customer)) => {
  const of = [{ __typename: 'Customer', id }];
  const found = await payments.query<{ _entities: { paymentMethods: { id: string; card: unknown }[] }[] }>(ctx, LIST, {
    of,
  });
  return found._entities[0]?.paymentMethods ?? [];
};
const deliver = async (part: string) => {
  for (const { payload } of emulator.events.filter((event) => event.payload.includes(part))) {
    const input = { provider: 'STRIPE', payload, signature: emulator.sign(payload) };
    const received = { paymentWebhookReceive: { received: true, userErrors: [] } };
    expect(await payments.query(actors.shopper, WEBHOOK, { input })).toEqual(received);
  }
};
const setupOf = () => {
  const customers = emulator.customers().filter(({ metadata }) => metadata['souk_customer'] === idOf(customer));
  return emulator.setupIntents().filter((each) => customers.some(({ id }) => id === each.customer));
};
const request = (savedMethodId: string) => {
  const ids = { paymentId: randomUUID(), orderId: randomUUID(), savedMethodId };
  return { ...ids, amount: money(5_000, 'EUR'), provider: 'STRIPE' as const, returnUrl };
};
const pay = (savedMethodId: string, ctx = customer) =>
  payments.commands.send(ctx, AuthorizePayment, request(savedMethodId));
const saved = async (token?: string) => (await save(token)).paymentMethod?.id ?? '';

test('a customer saves a card, sees it, pays with it several times, and deletes it', async () => {
  const id = await saved();
  const card = { brand: 'visa', lastDigits: '4242', expiryMonth: 12, expiryYear: expect.any(Number) };
  expect(await list()).toEqual([{ id, provider: 'STRIPE', card }]);
  for (let order = 0; order < 2; order += 1)
    expect(await pay(id)).toMatchObject({ ok: true, value: { status: 'AUTHORIZED' } });
  expect(setupOf()).toMatchObject([{ usage: 'off_session', status: 'succeeded' }]);
  expect(await remove(id)).toEqual({ deletedId: id, userErrors: [] });
  expect(await list()).toEqual([]);
  expect(await pay(id)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
  expect(emulator.savedMethods().filter(({ customer: owner }) => owner === setupOf()[0]?.customer)).toEqual([]);
});

test('the shop stores references only', async () => {
  await saved('pm_card_mastercard');
  const admin = await payments.database.connect();
  const { rows } = await admin.query(
    `select * from payments.saved_method join payments.payment_customer using (customer_id)`,
  );
  expect(JSON.stringify(rows)).not.toMatch(/4444|mastercard|pm_card|tok/);
});

test('another customer, shop or caller neither sees, uses nor deletes a method', async () => {
  const id = await saved();
  const others = [customerOf(actors.tenantId), customerOf(actors.otherTenant.tenantId, idOf(customer))];
  for (const other of others) {
    expect(await list(other)).toEqual([]);
    expect(await pay(id, other)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(await remove(id, other)).toMatchObject({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  }
  expect(await list(actors.owner)).toEqual([]);
  expect(await pay(id, actors.shopper)).toMatchObject({
    error: { code: 'PAYMENT_NOT_ALLOWED', message: expect.stringContaining('Log in, or give a token') },
  });
  const input = { provider: 'STRIPE', token: 'pm_card_visa' };
  expect((await payments.execute(actors.shopper, SAVE, { input })).errors?.[0]?.extensions.code).toBe(
    'UNAUTHENTICATED',
  );
  expect(await save('pm_card_visa', {}, actors.owner)).toMatchObject({ userErrors: [{ code: 'PAYMENT_NOT_ALLOWED' }] });
  expect(await remove(id, actors.owner)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  expect(await list()).toHaveLength(1);
});

describe('a card whose bank asks the customer', () => {
  test('is saved after the customer has returned', async () => {
    const { setupId, nextAction, paymentMethod } = await save('pm_card_authenticationRequiredOnSetup');
    expect({ paymentMethod, kind: nextAction?.kind }).toEqual({ paymentMethod: null, kind: 'REDIRECT' });
    expect(await confirm(setupId)).toMatchObject({ paymentMethod: null, nextAction: { kind: 'REDIRECT' } });
    const back = await fetch(`${nextAction?.url}/approve`, { method: 'POST', redirect: 'manual' });
    expect(back.headers.get('location')).toContain(`${returnUrl}?setup_intent=seti_`);
    const { paymentMethod: found } = await confirm(setupId);
    expect(await list()).toMatchObject([{ id: found?.id }]);
    expect(await confirm(setupId)).toMatchObject({ paymentMethod: { id: found?.id } });
    expect(await pay(found?.id ?? '')).toMatchObject({ ok: true, value: { status: 'AUTHORIZED' } });
    const stranger = await confirm(setupId, customerOf(actors.tenantId));
    expect(stranger.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('is saved once by notifications in any number, though the customer does not return', async () => {
    await save('pm_card_authenticationRequiredOnSetup');
    const [setup] = setupOf();
    emulator.buyerActs(setup?.id ?? '', true);
    await deliver(setup?.id ?? '');
    await deliver(setup?.id ?? '');
    expect(await list()).toHaveLength(1);
  });

  test('is not saved when the customer refuses', async () => {
    const { setupId } = await save('pm_card_authenticationRequiredOnSetup');
    emulator.buyerActs(setupOf()[0]?.id ?? '', false);
    expect((await confirm(setupId)).userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED', field: ['setupId'] }]);
    expect(setupOf()).toMatchObject([{ status: 'canceled' }]);
    expect(await list()).toEqual([]);
  });

  test('asks again when it pays', async () => {
    await save('pm_card_authenticationRequired');
    emulator.buyerActs(setupOf()[0]?.id ?? '', true);
    await deliver(setupOf()[0]?.id ?? '');
    const [method] = await list();
    const wanted = request(method?.id ?? '');
    const answer = await payments.commands.send(customer, AuthorizePayment, wanted);
    expect(answer).toMatchObject({ ok: true, value: { status: 'PENDING', action: { kind: 'REDIRECT' } } });
    const intent = emulator.intents().find(({ metadata }) => metadata['souk_payment'] === wanted.paymentId);
    emulator.buyerActs(intent?.id ?? '', true);
    const confirmed = await payments.commands.send(actors.system, ConfirmPayment, { paymentId: wanted.paymentId });
    expect(confirmed).toMatchObject({ ok: true, value: { status: 'AUTHORIZED' } });
  });
});

test("without a token the provider's library in the shop's page asks the customer", async () => {
  const { setupId, nextAction } = await save(null);
  const [setup] = setupOf();
  expect(nextAction).toEqual({ kind: 'PROVIDER_LIBRARY', url: null, clientSecret: setup?.client_secret });
  expect(await confirm(setupId)).toMatchObject({ paymentMethod: null, nextAction: { kind: 'PROVIDER_LIBRARY' } });
});

test('a declined card is not saved', async () => {
  const { paymentMethod, userErrors } = await save('pm_card_visa_chargeDeclined', { idempotencyKey: 'declined' });
  expect({ paymentMethod, userErrors }).toMatchObject({
    paymentMethod: null,
    userErrors: [{ code: 'PAYMENT_DECLINED' }],
  });
  expect(setupOf()).toMatchObject([{ status: 'canceled' }]);
  const again = await save('pm_card_visa_chargeDeclined', { idempotencyKey: 'declined' });
  for (const errors of [userErrors, again.userErrors, (await save('pm_unknown')).userErrors])
    expect(errors).toMatchObject([{ code: 'PAYMENT_DECLINED', field: ['token'] }]);
  expect(userErrors[0]?.message).toContain('Save another one');
});

test('a saved card that is declined pays nothing', async () => {
  const id = await saved('pm_card_chargeCustomerFail');
  expect(await pay(id)).toMatchObject({ error: { code: 'PAYMENT_DECLINED', declineCode: 'generic_decline' } });
});

test('a token and a saved method together are refused', async () => {
  const both = { ...request(await saved()), token: 'pm_card_visa' };
  expect(await payments.commands.send(customer, AuthorizePayment, both)).toMatchObject({
    error: { code: 'PAYMENT_NOT_ALLOWED' },
  });
});

test('providers without saved methods are refused', async () => {
  const { userErrors } = await save(null, { provider: 'PAYSTACK' });
  expect(userErrors).toMatchObject([{ code: 'PAYMENT_NOT_ALLOWED' }]);
});

test('an attempt that is repeated with its key saves one method, wherever an answer was lost', async () => {
  const steps = [/customers$/, /setup_intents$/, /confirm$/];
  const idempotencyKey = randomUUID();
  for (const step of steps) {
    emulator.fail({ request: step, how: 'AFTER', times: 2 }); // the library tries twice
    expect((await save('pm_card_visa', { idempotencyKey })).userErrors).toMatchObject([
      { code: 'PROVIDER_UNAVAILABLE' },
    ]);
    emulator.recover();
  }
  const { paymentMethod } = await save('pm_card_visa', { idempotencyKey });
  expect(await list()).toMatchObject([{ id: paymentMethod?.id }]);
  expect(setupOf()).toHaveLength(1);
  const other = await save('pm_card_mastercard', { idempotencyKey });
  expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
});

test('a payment whose answer was lost holds no money after a void', async () => {
  const wanted = request(await saved());
  emulator.fail({ request: /payment_intents\/\w+\/confirm$/, how: 'AFTER', times: 2 });
  await expect(payments.commands.send(customer, AuthorizePayment, wanted)).rejects.toThrow('payments.authorize');
  const { paymentId, orderId } = wanted;
  expect(await payments.commands.send(actors.system, VoidPayment, { paymentId, orderId })).toMatchObject({ ok: true });
  const intents = emulator.intents().filter(({ metadata }) => metadata['souk_payment'] === paymentId);
  expect(intents).toMatchObject([{ status: 'canceled' }]);
});

test('methods are listed without their cards while the provider does not answer', async () => {
  const id = await saved();
  emulator.fail({ request: /payment_methods$/, how: 503 });
  expect(await list()).toEqual([{ id, provider: 'STRIPE', card: null }]);
  emulator.fail({ request: /detach$/, how: 'BEFORE', times: 2 });
  expect(await remove(id)).toEqual({ deletedId: null, userErrors: [{ code: 'PROVIDER_UNAVAILABLE' }] });
  expect(await remove(id)).toMatchObject({ deletedId: id });
});

test('a method that was removed at the provider is forgotten', async () => {
  await saved();
  const method = emulator.savedMethods().at(-1)?.id ?? '';
  await fetch(`${emulator.url}/v1/payment_methods/${method}/detach`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_1' },
  });
  await deliver(`"id": "${method}"`);
  expect(await list()).toEqual([]);
});

test('a customer who tries too often must wait', async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) await save('pm_card_visa_chargeDeclined');
  expect((await save()).userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
});
