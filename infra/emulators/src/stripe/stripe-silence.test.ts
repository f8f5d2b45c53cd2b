import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { money } from '@souk/kit/domain';
import type { RecurringJob } from '@souk/kit/runtime';
import { startTestSubgraph, testActors, type TestSubgraph } from '@souk/kit/testing';
import type { PaymentsServices } from '@souk/payments';
import { AuthorizePayment, CapturePayment, ConfirmPayment, RefundPayment, VoidPayment } from '@souk/payments/contract';
import type { Client } from 'pg';
import { IMPATIENT_MS, keepingJobs, PATIENT_MS } from '../testing/hosted-shop.ts';
import { startStripeEmulator, type StripeEmulator } from './index.ts';

const AMOUNT = 10_000;
const UNAVAILABLE = [{ code: 'PROVIDER_UNAVAILABLE' }];
const returnUrl = 'https://shop.test/back';

const actors = testActors(['payments:read', 'payments:write', 'settings:write']);
const jobs: RecurringJob[] = [];
let secret: { timeoutMs: number };
let emulator: StripeEmulator;
let payments: TestSubgraph<PaymentsServices>;
let admin: Client;

beforeAll(async () => {
  emulator = await startStripeEmulator({ webhookSecret: 'whsec_shop' });
  const keys = {
    secretKey: 'sk_test_1',
    webhookSecret: 'whsec_shop',
    apiUrl: emulator.url,
  };
  const keysOfShop = { ...keys, name: 'shop', tenantId: '*', timeoutMs: PATIENT_MS };
  secret = keysOfShop;
  payments = await startTestSubgraph(keepingJobs(jobs), {
    settings: { secrets: [keysOfShop] },
  });
  admin = await payments.database.connect();
  const account = {
    provider: 'STRIPE',
    enabled: true,
    secretName: 'shop',
    publishableKey: null,
  } as const;
  await payments.services.setAccount(actors.owner, {
    ...account,
    captureMethod: 'MANUAL',
    limits: [],
  });
});
afterAll(async () => {
  await payments.close();
  await emulator.stop();
});

/** Runs actions at the same time while Stripe executes the matching requests and does not answer. */
async function silently(request: RegExp, actions: readonly (() => Promise<unknown>)[]): Promise<void> {
  emulator.fail({ request, how: 'SILENT', times: Number.POSITIVE_INFINITY });
  secret.timeoutMs = IMPATIENT_MS;
  await Promise.all(actions.map((action) => action()));
  secret.timeoutMs = PATIENT_MS;
  emulator.recover();
}

/** Lets the minute of open steps pass, and runs the recovery of payments. */
async function recover(): Promise<void> {
  await admin.query(`update payments.payment_step set retry_at = now() - interval '1 second'`);
  await jobs.find(({ name }) => name === 'payments.recovery')?.run();
}

const orderOf = (token: string | null = 'pm_card_visa', savedMethodId?: string) => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  captureId: randomUUID(),
  refundId: randomUUID(),
  ...(token !== null && { token }),
  ...(savedMethodId !== undefined && { savedMethodId }),
});
type Order = ReturnType<typeof orderOf>;

const authorize = ({ captureId: _capture, refundId: _refund, ...order }: Order, ctx: RequestContext = actors.system) =>
  payments.commands.send(ctx, AuthorizePayment, {
    ...order,
    amount: money(AMOUNT, 'EUR'),
    provider: 'STRIPE',
    returnUrl,
  });
const confirm = ({ paymentId }: Order) => payments.commands.send(actors.system, ConfirmPayment, { paymentId });
const capture = ({ paymentId, captureId }: Order) =>
  payments.commands.send(actors.system, CapturePayment, {
    paymentId,
    captureId,
  });
const release = ({ paymentId, orderId }: Order) =>
  payments.commands.send(actors.system, VoidPayment, { paymentId, orderId });
const refund = ({ paymentId, refundId }: Order) => {
  const request = {
    paymentId,
    refundId,
    amount: money(4_000, 'EUR'),
    reason: 'broken',
  };
  return payments.commands.send(actors.system, RefundPayment, request);
};
const authorized = async (token?: string) => {
  const order = orderOf(token);
  expect(await authorize(order)).toMatchObject({ ok: true });
  return order;
};
const captured = async () => {
  const order = await authorized();
  expect(await capture(order)).toMatchObject({ ok: true });
  return order;
};
const intentOf = ({ paymentId }: Order) => {
  const found = emulator.intents().filter(({ metadata }) => metadata['souk_payment'] === paymentId);
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0] ?? null;
};
const intentId = (order: Order) => intentOf(order)?.id ?? '';
const eventsOf = (part: string) => emulator.events.filter(({ payload }) => payload.includes(part));

const WEBHOOK = `mutation ($input: PaymentWebhookReceiveInput!) {
  paymentWebhookReceive(input: $input) { received userErrors { code } }
}`;
async function deliver(payload = ''): Promise<unknown> {
  const input = {
    provider: 'STRIPE',
    payload,
    signature: emulator.sign(payload),
  };
  const { paymentWebhookReceive } = await payments.query<{
    paymentWebhookReceive: unknown;
  }>(actors.shopper, WEBHOOK, {
    input,
  });
  return paymentWebhookReceive;
}
const RECEIVED = { received: true, userErrors: [] };
const NOT_RECEIVED = { received: null, userErrors: UNAVAILABLE };

/** The money of a payment in the ledger and at Stripe, in minor units. */
async function booksOf(order: Order) {
  const { rows } = await admin.query<{
    status: string;
    held: number;
    taken: number;
    open: number;
  }>(
    `select status, case when status = 'AUTHORIZED' then authorized_minor else 0 end::integer as held,
            (captured_minor - refunded_minor)::integer as taken,
            (select count(*)::integer from payments.payment_step step where step.payment_id = payment.id) as open
       from payments.payment where id = $1`,
    [order.paymentId],
  );
  const intent = intentOf(order);
  const taken = (intent?.amount_received ?? 0) - emulator.refundedOf(intent?.id ?? '');
  return {
    ...rows[0],
    stripe: { held: intent?.amount_capturable ?? 0, taken },
  };
}
const books = (status: string, money: { readonly held: number; readonly taken: number }) => ({
  status,
  ...money,
  open: 0,
  stripe: money,
});
const NOTHING = { held: 0, taken: 0 };

function aCustomer(): RequestContext {
  const actor = {
    kind: 'user',
    userId: randomUUID(),
    role: 'SHOPPER',
    scopes: [],
    customerId: randomUUID(),
  } as const;
  return { ...actors.shopper, actor };
}
const SAVE = `mutation ($input: PaymentMethodSaveInput!) {
  done: paymentMethodSave(input: $input) { paymentMethod { id } userErrors { code } }
}`;
const DELETE = `mutation ($input: PaymentMethodDeleteInput!) {
  done: paymentMethodDelete(input: $input) { deletedId userErrors { code } }
}`;
type Done = {
  readonly done: {
    readonly paymentMethod?: { readonly id: string } | null;
    readonly userErrors: unknown;
  };
};
/** A customer who saves a card, with one key for every attempt. */
const aSaver = () => {
  const ctx = aCustomer();
  const input = {
    provider: 'STRIPE',
    token: 'pm_card_visa',
    returnUrl,
    idempotencyKey: randomUUID(),
  };
  return {
    ctx,
    save: async () => (await payments.query<Done>(ctx, SAVE, { input })).done,
  };
};
const methodsOf = async ({ actor }: RequestContext) =>
  (
    await admin.query(`select id from payments.saved_method where customer_id = $1`, [
      actor.kind === 'user' ? actor.customerId : null,
    ])
  ).rows;
/** Saves the card again, and expects one method at Stripe and in Souk. */
async function expectOneMethod({ ctx, save }: ReturnType<typeof aSaver>): Promise<void> {
  const { paymentMethod, userErrors } = await save();
  expect(userErrors).toEqual([]);
  expect(await methodsOf(ctx)).toEqual([{ id: paymentMethod?.id }]);
  const id = ctx.actor.kind === 'user' ? ctx.actor.customerId : null;
  const customers = emulator.customers().filter(({ metadata }) => metadata['souk_customer'] === id);
  expect(customers).toHaveLength(1);
  expect(emulator.setupIntents().filter(({ customer }) => customer === customers[0]?.id)).toHaveLength(1);
}

test('a silent Stripe at any step after the creation moves money once, and nothing stays open', async () => {
  const [confirming, saver] = [orderOf(), aSaver()];
  const [capturing, releasing, refunding, disputed] = [
    await authorized(),
    await authorized(),
    await captured(),
    await captured(),
  ];
  const [returning, notified] = [
    await authorized('pm_card_authenticationRequired'),
    await authorized('pm_card_authenticationRequired'),
  ];
  for (const order of [returning, notified]) emulator.buyerActs(intentId(order), true);
  const settled = eventsOf(intentId(notified)).at(-1)?.payload;
  const dispute = emulator.openDispute(intentId(disputed));
  const opened = eventsOf(dispute)[0]?.payload;

  await silently(/(confirm|capture|cancel|refunds)$|GET \/v1\/(payment_intents|disputes)\//, [
    () => expect(authorize(confirming)).rejects.toThrow('payments.authorize'),
    () => expect(capture(capturing)).rejects.toThrow('payments.capture'),
    () => expect(release(releasing)).rejects.toThrow('payments.void'),
    () => expect(refund(refunding)).rejects.toThrow('payments.refund'),
    () => expect(confirm(returning)).rejects.toThrow('payments.confirm'),
    async () => expect(await deliver(settled)).toEqual(NOT_RECEIVED),
    async () => expect(await deliver(opened)).toEqual(NOT_RECEIVED),
    async () => expect(await saver.save()).toMatchObject({ userErrors: UNAVAILABLE }),
  ]);
  // The buyer returns again, and Stripe repeats its notifications.
  expect(await confirm(returning)).toMatchObject({
    ok: true,
    value: { status: 'AUTHORIZED' },
  });
  expect([await deliver(settled), await deliver(opened)]).toEqual([RECEIVED, RECEIVED]);
  await recover();

  expect(await booksOf(confirming)).toEqual(books('VOIDED', NOTHING));
  expect(await booksOf(capturing)).toEqual(books('CAPTURED', { held: 0, taken: AMOUNT }));
  expect(await booksOf(releasing)).toEqual(books('VOIDED', NOTHING));
  expect(await booksOf(refunding)).toEqual(books('PARTIALLY_REFUNDED', { held: 0, taken: AMOUNT - 4_000 }));
  for (const order of [returning, notified])
    expect(await booksOf(order)).toEqual(books('AUTHORIZED', { held: AMOUNT, taken: 0 }));
  const movements = 'select kind, amount_minor::integer from payments.dispute_movement where payment_id = $1';
  expect((await admin.query(movements, [disputed.paymentId])).rows).toEqual([
    { kind: 'WITHDRAWAL', amount_minor: AMOUNT },
  ]);
  await expectOneMethod(saver);
  // The callers repeat their commands, and nothing moves again.
  expect(await authorize(confirming)).toMatchObject({
    error: { code: 'PAYMENT_NOT_ALLOWED' },
  });
  for (const repeat of [capture(capturing), refund(refunding), release(releasing)])
    expect(await repeat).toMatchObject({ ok: true });
  expect(await booksOf(refunding)).toMatchObject({
    taken: AMOUNT - 4_000,
    stripe: { taken: AMOUNT - 4_000 },
  });
});

test('a silent Stripe at the creation leaves nothing to pay', async () => {
  const [creating, saver] = [orderOf(), aSaver()];
  await silently(/POST \/v1\/(payment_intents|setup_intents)$/, [
    () => expect(authorize(creating)).rejects.toThrow('payments.authorize'),
    async () => expect(await saver.save()).toMatchObject({ userErrors: UNAVAILABLE }),
  ]);
  await recover();
  expect(await booksOf(creating)).toEqual(books('VOIDED', NOTHING));
  expect(intentOf(creating)?.status).toBe('canceled');
  expect(await authorize(creating)).toMatchObject({
    error: { code: 'PAYMENT_NOT_ALLOWED' },
  });
  await expectOneMethod(saver);
});

test('a silent Stripe with a saved method holds nothing, and keeps the method', async () => {
  const [owner, saver] = [aSaver(), aSaver()];
  const saved = (await owner.save()).paymentMethod?.id ?? '';
  const paying = orderOf(null, saved);
  const remove = async () => (await payments.query<Done>(owner.ctx, DELETE, { input: { id: saved } })).done;
  await silently(/POST \/v1\/(payment_intents\/\w+|customers|payment_methods\/\w+\/detach)$/, [
    () => expect(authorize(paying, owner.ctx)).rejects.toThrow('payments.authorize'),
    async () => expect(await saver.save()).toMatchObject({ userErrors: UNAVAILABLE }),
    async () =>
      expect(await remove()).toMatchObject({
        deletedId: null,
        userErrors: UNAVAILABLE,
      }),
  ]);
  expect(await methodsOf(owner.ctx)).toEqual([{ id: saved }]);
  await recover();
  expect(await booksOf(paying)).toEqual(books('VOIDED', NOTHING));
  expect(await remove()).toMatchObject({ deletedId: saved });
  await expectOneMethod(saver);
});
