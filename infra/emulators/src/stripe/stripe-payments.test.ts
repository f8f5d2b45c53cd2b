import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import { startTestSubgraph, testActors, until, type TestSubgraph } from '@souk/kit/testing';
import { payments as definition, type PaymentsServices } from '@souk/payments';
import { AuthorizePayment, CapturePayment, ConfirmPayment, RefundPayment, VoidPayment } from '@souk/payments/contract';
import type { Client } from 'pg';
import { DISPUTES, type ListedDisputes } from '../testing/dispute-queries.ts';
import { startStripeEmulator, type StripeEmulator } from './index.ts';

const { owner, shopper, system, tenantId } = actors();
let emulator: StripeEmulator;
let payments: TestSubgraph<PaymentsServices>;
let admin: Client;

function actors() {
  const found = testActors(['payments:read', 'payments:write', 'settings:write']);
  return { ...found, tenantId: found.owner.tenantId };
}

beforeAll(async () => {
  emulator = await startStripeEmulator({ webhookSecret: 'whsec_shop' });
  const secret = { name: 'shop', secretKey: 'sk_test_1', webhookSecret: 'whsec_shop', apiUrl: emulator.url };
  payments = await startTestSubgraph(definition, { settings: { secrets: [{ ...secret, tenantId }] } });
  admin = await payments.database.connect();
  await connect('MANUAL');
});
afterAll(async () => {
  await payments.close();
  await emulator.stop();
});
afterEach(() => emulator.recover());

async function connect(captureMethod: 'MANUAL' | 'AUTOMATIC'): Promise<void> {
  const account = { provider: 'STRIPE', enabled: true, secretName: 'shop', publishableKey: 'pk_test_1' } as const;
  const set = await payments.services.setAccount(owner, { ...account, captureMethod, limits: [] });
  expect(set.ok).toBe(true);
}

const eur = (amountMinor: number) => money(amountMinor, 'EUR');
const requestOf = (token = 'pm_card_visa', amountMinor = 10_000) => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  amount: eur(amountMinor),
  provider: 'STRIPE' as const,
  token,
  returnUrl: 'https://shop.test/back',
});
type Request = ReturnType<typeof requestOf>;

const authorize = (request: Request) => payments.commands.send(system, AuthorizePayment, request);
const confirm = ({ paymentId }: Request) => payments.commands.send(system, ConfirmPayment, { paymentId });
const capture = ({ paymentId }: Request, amount?: ReturnType<typeof eur>) =>
  payments.commands.send(system, CapturePayment, { paymentId, captureId: randomUUID(), ...(amount && { amount }) });
const release = ({ paymentId, orderId }: Request) =>
  payments.commands.send(system, VoidPayment, { paymentId, orderId });
const refund = ({ paymentId }: Request, amountMinor: number) => {
  const request = { paymentId, refundId: randomUUID(), amount: eur(amountMinor), reason: 'broken' };
  return payments.commands.send(system, RefundPayment, request);
};
const intentOf = ({ paymentId }: Pick<Request, 'paymentId'>) => {
  const found = emulator.intents().filter(({ metadata }) => metadata['souk_payment'] === paymentId);
  if (found.length > 1) throw new Error(`payment ${paymentId} has two intents`);
  return found[0] ?? null;
};
const intentId = (request: Request) => intentOf(request)?.id ?? '';
const ledger = async ({ paymentId }: Request) =>
  (
    await admin.query<{ kind: string; status: string; amount: string }>(
      `select kind, status, amount_minor as amount from payments.payment_transaction where payment_id = $1 order by created_at, kind`,
      [paymentId],
    )
  ).rows.map(({ kind, status, amount }) => `${kind} ${status} ${amount}`);
const settledOf = async ({ paymentId }: Request) =>
  (
    await admin.query<{ outcome: string }>(
      `select payload ->> 'outcome' as outcome from payments.outbox_event
        where subject = 'payments.payment.settled' and aggregate_id = $1`,
      [paymentId],
    )
  ).rows.map(({ outcome }) => outcome);

const WEBHOOK = `mutation ($input: PaymentWebhookReceiveInput!) {
  paymentWebhookReceive(input: $input) { received userErrors { code } }
}`;
async function deliver(payload: string, signature: string | null = emulator.sign(payload)) {
  const input = { provider: 'STRIPE', payload, signature };
  const { paymentWebhookReceive } = await payments.query<{
    paymentWebhookReceive: { received: boolean | null; userErrors: { code: string }[] };
  }>(shopper, WEBHOOK, { input });
  return paymentWebhookReceive;
}
const eventsOf = (request: Request) => emulator.events.filter(({ payload }) => payload.includes(intentId(request)));
const RECEIVED = { received: true, userErrors: [] };

describe('a card', () => {
  test('is authorized, captured and refunded in parts', async () => {
    const request = requestOf();
    expect(await authorize(request)).toMatchObject({
      ok: true,
      value: { status: 'AUTHORIZED', authorized: eur(10_000) },
    });
    expect(await capture(request)).toMatchObject({ ok: true, value: { status: 'CAPTURED', captured: eur(10_000) } });
    expect(await refund(request, 2_500)).toMatchObject({ ok: true, value: { status: 'PARTIALLY_REFUNDED' } });
    expect(await refund(request, 7_500)).toMatchObject({ ok: true, value: { status: 'REFUNDED' } });
    expect(intentOf(request)).toMatchObject({ status: 'succeeded', amount_received: 10_000 });
    expect(await ledger(request)).toEqual([
      'AUTHORIZE SUCCEEDED 10000',
      'CAPTURE SUCCEEDED 10000',
      'REFUND SUCCEEDED 2500',
      'REFUND SUCCEEDED 7500',
    ]);
  });

  test.each([
    ['pm_card_visa_chargeDeclined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
    ['pm_of_nobody', 'resource_missing'],
  ])('%s is declined as %s, and the intent can no longer be paid', async (token, declineCode) => {
    const request = requestOf(token);
    const declined = { ok: false, error: { code: 'PAYMENT_DECLINED', declineCode } };
    expect(await authorize(request)).toMatchObject(declined);
    expect(await authorize(request)).toMatchObject(declined);
    expect(intentOf(request)?.status).toBe('canceled');
  });

  test('is released by a void', async () => {
    const request = requestOf();
    await authorize(request);
    expect(await release(request)).toMatchObject({ ok: true, value: { voided: true } });
    expect(intentOf(request)?.status).toBe('canceled');
  });

  test('is charged in the unit that Stripe wants', async () => {
    const request = { ...requestOf(), amount: money(5_000, 'ISK') };
    await authorize(request);
    expect(intentOf(request)).toMatchObject({ amount: 500_000, currency: 'isk' });
    const dinar = { ...requestOf(), amount: money(1_234, 'KWD') };
    expect(await authorize(dinar)).toMatchObject({
      error: { code: 'PAYMENT_DECLINED', declineCode: 'invalid_amount' },
    });
    expect(intentOf(dinar)).toBeNull();
  });
});

describe('a buyer who must authenticate', () => {
  const waiting = async (token = 'pm_card_authenticationRequired') => {
    const request = requestOf(token);
    expect(await authorize(request)).toMatchObject({
      ok: true,
      value: {
        status: 'PENDING',
        action: { kind: 'REDIRECT', url: `${emulator.url}/authenticate/${intentId(request)}` },
      },
    });
    return request;
  };

  test('pays once, though the buyer and the webhook report it several times', async () => {
    const request = await waiting();
    expect(await confirm(request)).toMatchObject({ ok: true, value: { status: 'PENDING' } });
    emulator.buyerActs(intentId(request), true);
    const deliveries = eventsOf(request)
      .toReversed()
      .flatMap(({ payload }) => [deliver(payload), deliver(payload)]);
    const answers = await Promise.all([...deliveries, confirm(request), authorize(request), confirm(request)]);
    expect(answers.slice(0, deliveries.length)).toEqual(deliveries.map(() => RECEIVED));
    expect(answers.at(-1)).toMatchObject({ ok: true, value: { status: 'AUTHORIZED' } });
    expect(await ledger(request)).toEqual(['AUTHORIZE SUCCEEDED 10000']);
    expect(await settledOf(request)).toEqual(['APPROVED']);
  });

  test('is announced when only the webhook tells', async () => {
    const request = await waiting();
    emulator.buyerActs(intentId(request), true);
    for (const { payload } of eventsOf(request)) expect(await deliver(payload)).toEqual(RECEIVED);
    expect(await settledOf(request)).toEqual(['APPROVED']);
  });

  test('may fail, and then nothing can be charged any more', async () => {
    const request = await waiting();
    emulator.buyerActs(intentId(request), false);
    expect(await confirm(request)).toMatchObject({
      error: { code: 'PAYMENT_DECLINED', declineCode: 'payment_intent_authentication_failure' },
    });
    expect(await settledOf(request)).toEqual(['DECLINED']);
    expect(intentOf(request)?.status).toBe('canceled');
  });

  test('may authenticate in vain', async () => {
    const request = await waiting('pm_card_authenticationRequiredChargeDeclinedInsufficientFunds');
    emulator.buyerActs(intentId(request), true);
    expect(await confirm(request)).toMatchObject({ error: { declineCode: 'insufficient_funds' } });
  });

  test('cannot pay after the payment was voided', async () => {
    const request = await waiting();
    expect(await release(request)).toMatchObject({ ok: true, value: { voided: true } });
    expect(() => emulator.buyerActs(intentId(request), true)).toThrow('status of canceled');
    for (const { payload } of eventsOf(request)) expect(await deliver(payload)).toEqual(RECEIVED);
    expect(await confirm(request)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(await settledOf(request)).toEqual([]);
  });

  test('loses the held money back when the payment is voided after the authentication', async () => {
    const request = await waiting();
    emulator.buyerActs(intentId(request), true);
    expect(await release(request)).toMatchObject({ ok: true, value: { voided: true } });
    expect(intentOf(request)?.status).toBe('canceled');
  });

  test('continues in the page of the shop when there is no page to return to', async () => {
    const { returnUrl: _none, ...request } = requestOf('pm_card_authenticationRequired');
    const answer = await payments.commands.send(system, AuthorizePayment, request);
    const clientSecret = intentOf(request)?.client_secret;
    expect(answer).toMatchObject({ ok: true, value: { action: { kind: 'PROVIDER_LIBRARY', clientSecret } } });
  });
});

describe('a crash or a silent Stripe', () => {
  const CREATE = /POST \/v1\/payment_intents$/;
  const CONFIRM = /\/confirm$/;

  test.each([
    ['the intent is created', CREATE, 'BEFORE'],
    ['the intent is created, and the answer is lost', CREATE, 'AFTER'],
    ['the intent is confirmed', CONFIRM, 'BEFORE'],
    ['the intent is confirmed, and the answer is lost', CONFIRM, 'AFTER'],
  ] as const)('while %s leaves no money held once the payment is voided', async (_when, request, how) => {
    const wanted = requestOf();
    emulator.fail({ request, how, times: 2 }); // the library tries twice
    await expect(authorize(wanted)).rejects.toThrow('payments.authorize');
    emulator.recover();
    expect(await release(wanted)).toMatchObject({ ok: true, value: { voided: true } });
    expect(intentOf(wanted)?.status).toBe('canceled');
    expect(await authorize(wanted)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(intentOf(wanted)?.status).toBe('canceled');
  });

  test('is over when the same request comes again', async () => {
    const request = requestOf();
    emulator.fail({ request: CONFIRM, how: 'AFTER', times: 2 });
    await expect(authorize(request)).rejects.toThrow('payments.authorize');
    expect(await authorize(request)).toMatchObject({ ok: true, value: { status: 'AUTHORIZED' } });
    expect(intentOf(request)?.amount_capturable).toBe(10_000);
  });

  test('while money is captured or refunded moves it once', async () => {
    const request = requestOf();
    await authorize(request);
    emulator.fail({ request: /capture$/, how: 'AFTER', times: 2 });
    const captureId = randomUUID();
    const once = () => payments.commands.send(system, CapturePayment, { paymentId: request.paymentId, captureId });
    await expect(once()).rejects.toThrow('payments.capture');
    expect(await once()).toMatchObject({ ok: true, value: { captured: eur(10_000) } });
    emulator.fail({ request: /refunds$/, how: 'AFTER', times: 2 });
    const refundRequest = {
      paymentId: request.paymentId,
      refundId: randomUUID(),
      amount: eur(4_000),
      reason: 'broken',
    };
    await expect(payments.commands.send(system, RefundPayment, refundRequest)).rejects.toThrow('payments.refund');
    await payments.commands.send(system, RefundPayment, refundRequest);
    expect(await refund(request, 6_001)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(await refund(request, 6_000)).toMatchObject({ ok: true, value: { status: 'REFUNDED' } });
  });
});

describe('an account that captures at once', () => {
  beforeAll(() => connect('AUTOMATIC'));
  afterAll(() => connect('MANUAL'));

  test('records the authorization and the capture', async () => {
    const request = requestOf();
    expect(await authorize(request)).toMatchObject({ ok: true, value: { status: 'CAPTURED', captured: eur(10_000) } });
    expect(await ledger(request)).toEqual(['AUTHORIZE SUCCEEDED 10000', 'CAPTURE SUCCEEDED 10000']);
    expect(await refund(request, 10_000)).toMatchObject({ ok: true, value: { status: 'REFUNDED' } });
  });

  test('returns money that was taken before a crash', async () => {
    const request = requestOf();
    emulator.fail({ request: /\/confirm$/, how: 'AFTER', times: 2 });
    await expect(authorize(request)).rejects.toThrow('payments.authorize');
    await connect('MANUAL'); // also when the account was changed meanwhile
    expect(await release(request)).toMatchObject({ ok: true, value: { voided: true } });
    await connect('AUTOMATIC');
    expect(emulator.requests.at(-1)).toBe('POST /v1/refunds');
    expect(intentOf(request)?.amount_received).toBe(10_000);
  });

  test('waits for a payment that Stripe processes, and announces its end', async () => {
    const request = requestOf('pm_usBankAccount_processing');
    expect(await authorize(request)).toMatchObject({ ok: true, value: { status: 'PENDING', action: null } });
    emulator.finishProcessing(intentId(request), false);
    for (const { payload } of eventsOf(request)) expect(await deliver(payload)).toEqual(RECEIVED);
    expect(await settledOf(request)).toEqual(['DECLINED']);
  });
});

describe('a dispute', () => {
  const paid = async () => {
    const request = requestOf();
    await authorize(request);
    await capture(request);
    return request;
  };
  const tellAbout = async (disputeId: string) => {
    for (const { payload } of emulator.events.filter((event) => event.payload.includes(disputeId)))
      expect(await deliver(payload)).toEqual(RECEIVED);
  };
  const disputeOf = async ({ paymentId }: Request) => {
    const { paymentDisputes } = await payments.query<ListedDisputes>(owner, DISPUTES);
    return paymentDisputes.nodes.filter(({ payment }) => payment.id === paymentId);
  };
  const movementsOf = async ({ paymentId }: Request) =>
    (
      await admin.query<{ movement: string }>(
        `select kind || ' ' || amount_minor as movement from payments.dispute_movement where payment_id = $1 order by 1`,
        [paymentId],
      )
    ).rows.map(({ movement }) => movement);
  const changesOf = async ({ paymentId }: Request) =>
    (
      await admin.query<{ change: string }>(
        `select payload ->> 'change' as change from payments.outbox_event
          where subject = 'payments.payment.disputed' and aggregate_id = $1 order by position`,
        [paymentId],
      )
    ).rows.map(({ change }) => change);

  test('takes the money, and gives it back when the shop wins', async () => {
    const request = await paid();
    const id = emulator.openDispute(intentId(request));
    await tellAbout(id);
    await tellAbout(id);
    expect(await disputeOf(request)).toMatchObject([
      { status: 'NEEDS_RESPONSE', reason: 'fraudulent', withdrawnAmount: { amount: '100.00' }, closedAt: null },
    ]);
    expect(await refund(request, 1)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    emulator.decideDispute(id, 'won');
    await tellAbout(id);
    expect(await disputeOf(request)).toMatchObject([
      { status: 'WON', withdrawnAmount: { amount: '0.00' }, payment: { disputedAmount: { amount: '0.00' } } },
    ]);
    expect(await movementsOf(request)).toEqual(['REINSTATEMENT 10000', 'WITHDRAWAL 10000']);
    expect(await changesOf(request)).toEqual(['OPENED', 'WON']);
    expect(await refund(request, 10_000)).toMatchObject({ ok: true, value: { status: 'REFUNDED' } });
  });

  test('of a part leaves the rest to refund when it is lost', async () => {
    const request = await paid();
    const id = emulator.openDispute(intentId(request), 4_000);
    emulator.decideDispute(id, 'lost');
    await tellAbout(id); // the notifications come after the end
    expect(await disputeOf(request)).toMatchObject([{ status: 'LOST', withdrawnAmount: { amount: '40.00' } }]);
    expect(await changesOf(request)).toEqual(['LOST']);
    expect(await refund(request, 6_001)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(await refund(request, 6_000)).toMatchObject({ ok: true });
  });

  test('that Stripe does not answer for is notified again', async () => {
    const request = await paid();
    const id = emulator.openDispute(intentId(request));
    const [event] = emulator.events.filter(({ payload }) => payload.includes(id));
    emulator.fail({ request: /disputes/, how: 'BEFORE', times: 2 });
    const UNAVAILABLE = { received: null, userErrors: [{ code: 'PROVIDER_UNAVAILABLE' }] };
    expect(await deliver(event?.payload ?? '')).toEqual(UNAVAILABLE);
    expect(await disputeOf(request)).toEqual([]);
    expect(await deliver(event?.payload ?? '')).toEqual(RECEIVED);
    expect(await disputeOf(request)).toHaveLength(1);
  });
});

describe('a webhook', () => {
  const SIGNATURE = { received: null, userErrors: [{ code: 'WEBHOOK_SIGNATURE_INVALID' }] };
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'charge.updated',
    data: { object: { object: 'charge' } },
  });

  test('without a sound signature is refused', async () => {
    expect(await deliver(body, null)).toEqual(SIGNATURE);
    expect(await deliver(body, 't=1,v1=00')).toEqual(SIGNATURE);
    expect(await deliver(`${body} `, emulator.sign(body))).toEqual(SIGNATURE);
    expect(await deliver(body, emulator.sign(body, Math.floor(Date.now() / 1000) - 600))).toEqual(SIGNATURE);
  });

  test('of a shop without an account at the provider has the same answer', async () => {
    const { otherTenant } = actors();
    const input = { provider: 'STRIPE', payload: body, signature: emulator.sign(body) };
    expect(await payments.query(otherTenant, WEBHOOK, { input })).toEqual({ paymentWebhookReceive: SIGNATURE });
  });

  test('about anything else is received and changes nothing', async () => {
    expect(await deliver(body)).toEqual(RECEIVED);
    const foreign = JSON.stringify({
      ...JSON.parse(body),
      data: { object: { object: 'payment_intent', metadata: { souk_payment: randomUUID() } } },
    });
    expect(await deliver(foreign)).toEqual(RECEIVED);
  });

  test('that arrives before the answer of the request is sent again by Stripe', async () => {
    const request = requestOf();
    emulator.fail({ request: /\/confirm$/, how: 'AFTER', times: 2 });
    await expect(authorize(request)).rejects.toThrow('payments.authorize');
    await until(() => eventsOf(request).length === 2);
    const [, approved] = eventsOf(request);
    expect(await deliver(approved?.payload ?? '')).toEqual({
      received: null,
      userErrors: [{ code: 'PROVIDER_UNAVAILABLE' }],
    });
    await authorize(request);
    expect(await deliver(approved?.payload ?? '')).toEqual(RECEIVED);
  });
});
