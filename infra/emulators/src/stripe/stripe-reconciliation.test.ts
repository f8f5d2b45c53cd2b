import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import type { RecurringJob } from '@souk/kit/runtime';
import { startTestSubgraph, TestClock, testActors, type TestSubgraph } from '@souk/kit/testing';
import { payments as definition, type PaymentsServices } from '@souk/payments';
import { AuthorizePayment, CapturePayment, RefundPayment, VoidPayment } from '@souk/payments/contract';
import type { Client } from 'pg';
import { reconcile } from '../testing/reconciliation-runs.ts';
import { startStripeEmulator, type StripeEmulator } from './index.ts';

const { owner, system, tenantId } = testActors(['payments:read', 'payments:write', 'settings:write']);
const AMOUNT = 10_000;
const clock = new TestClock(new Date());
let emulator: StripeEmulator;
let payments: TestSubgraph<PaymentsServices>;
let admin: Client;
let job: RecurringJob | undefined;

beforeAll(async () => {
  emulator = await startStripeEmulator({ webhookSecret: 'whsec_shop' });
  const keys = { secretKey: 'sk_test_1', webhookSecret: 'whsec_shop', apiUrl: emulator.url };
  const keeping: typeof definition = {
    ...definition,
    create(parts) {
      const instance = definition.create(parts);
      job = instance.jobs?.find(({ name }) => name === 'payments.reconciliation');
      return instance;
    },
  };
  payments = await startTestSubgraph(keeping, { settings: { secrets: [{ ...keys, name: 'shop', tenantId }] }, clock });
  const account = { provider: 'STRIPE', enabled: true, secretName: 'shop', publishableKey: null } as const;
  await payments.services.setAccount(owner, { ...account, captureMethod: 'MANUAL', limits: [] });
  admin = await payments.database.connect();
  for (let round = 0; round < 2; round += 1) await runJob(); // the daily comparison is over
});
afterAll(async () => {
  await payments.close();
  await emulator.stop();
});

async function runJob(): Promise<void> {
  await admin.query(`update payments.reconciliation set run_at = now() - interval '1 second' where status = 'QUEUED'`);
  await job?.run();
}

const compare = () => {
  clock.advance(20 * 60_000);
  const query = <Data>(ctx: typeof owner, text: string, variables: object) =>
    payments.query<Data>(ctx, text, { ...variables });
  return reconcile({ provider: 'STRIPE', staff: owner, now: () => clock.now(), query, runJobs: runJob });
};
const authorized = async () => {
  const ids = { paymentId: randomUUID(), orderId: randomUUID() };
  const request = { ...ids, amount: money(AMOUNT, 'EUR'), provider: 'STRIPE' as const, token: 'pm_card_visa' };
  await payments.commands.send(system, AuthorizePayment, { ...request, returnUrl: 'https://shop.test/back' });
  return ids;
};
const captured = async () => {
  const ids = await authorized();
  await payments.commands.send(system, CapturePayment, { paymentId: ids.paymentId, captureId: randomUUID() });
  return ids;
};
const refund = (paymentId: string, amountMinor: number) => {
  const request = { paymentId, refundId: randomUUID(), amount: money(amountMinor, 'EUR'), reason: 'broken' };
  return payments.commands.send(system, RefundPayment, request);
};
const intentOf = (paymentId: string) =>
  emulator.intents().find(({ metadata }) => metadata['souk_payment'] === paymentId)?.id ?? '';
/** A change that staff make in Stripe's dashboard. */
const inDashboard = async (path: string, params: Readonly<Record<string, string>>) => {
  const headers = { authorization: 'Bearer sk_test_1', 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(`${emulator.url}/v1${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(params),
  });
  if (!answer.ok) throw new Error(await answer.text());
};
const recorded = async (paymentId: string) =>
  (
    await admin.query<{ status: string; captured: string; refunded: string }>(
      'select status, captured_minor as captured, refunded_minor as refunded from payments.payment where id = $1',
      [paymentId],
    )
  ).rows[0];
const NOTHING = { status: 'COMPLETED', differenceCount: 0, repairedCount: 0, differences: [] };

test('payments that were held, captured, refunded and voided by Souk agree', async () => {
  const { paymentId } = await captured();
  await refund(paymentId, 2_500);
  await authorized();
  const voided = await authorized();
  await payments.commands.send(system, VoidPayment, voided);
  expect(await compare()).toMatchObject({ ...NOTHING, chargeCount: 3, refundCount: 1 });
});

test('a capture in the dashboard is recorded and announced once', async () => {
  const { paymentId } = await authorized();
  await inDashboard(`/payment_intents/${intentOf(paymentId)}/capture`, { amount_to_capture: '4000' });
  const found = { kind: 'CHARGE_MISSING_IN_LEDGER', paymentId, isRepaired: true, providerAmount: { amount: '40.00' } };
  expect(await compare()).toMatchObject({ differenceCount: 1, repairedCount: 1, differences: [found] });
  expect(await recorded(paymentId)).toEqual({ status: 'CAPTURED', captured: '4000', refunded: '0' });
  expect(await compare()).toMatchObject(NOTHING);
  const { rowCount } = await admin.query(
    `select from payments.outbox_event where aggregate_id = $1 and payload ->> 'step' = 'CAPTURED'`,
    [paymentId],
  );
  expect(rowCount).toBe(1);
});

test('refunds in the dashboard are recorded, one by one', async () => {
  const { paymentId } = await captured();
  for (const amount of ['1000', '9000']) await inDashboard('/refunds', { payment_intent: intentOf(paymentId), amount });
  expect(await compare()).toMatchObject({ differenceCount: 2, repairedCount: 2 });
  expect(await recorded(paymentId)).toEqual({ status: 'REFUNDED', captured: '10000', refunded: '10000' });
  expect(await compare()).toMatchObject(NOTHING);
});

test('a refund that failed later is reported for staff', async () => {
  const { paymentId } = await captured();
  await refund(paymentId, AMOUNT);
  const made = emulator.refunds().at(-1)?.id ?? '';
  emulator.failRefund(made);
  const found = { kind: 'REFUND_FAILED', paymentId, reference: made, isRepaired: false, providerAmount: null };
  expect(await compare()).toMatchObject({ differenceCount: 1, repairedCount: 0, differences: [found] });
  await admin.query(`delete from payments.reconciliation_difference`);
});

test('money of a payment that the ledger does not know is reported', async () => {
  const params = {
    amount: '500',
    currency: 'eur',
    capture_method: 'automatic',
    'metadata[souk_payment]': randomUUID(),
  };
  await inDashboard('/payment_intents', params);
  const unknown = emulator.intents().at(-1)?.id ?? '';
  await inDashboard(`/payment_intents/${unknown}/confirm`, { payment_method: 'pm_card_visa' });
  const { differences } = await compare();
  expect(differences.filter(({ kind }) => kind === 'CHARGE_MISSING_IN_LEDGER')).toMatchObject([
    { reference: unknown, isRepaired: false, ledgerAmount: null, providerAmount: { amount: '5.00' } },
  ]);
});

test('a dispute whose notification was lost is recorded', async () => {
  const { paymentId } = await captured();
  emulator.openDispute(intentOf(paymentId), 3_000);
  const { differences } = await compare();
  expect(differences.filter(({ isRepaired }) => isRepaired)).toMatchObject([
    { kind: 'DISPUTE_MISSING_IN_LEDGER', paymentId, providerAmount: { amount: '30.00' } },
  ]);
  expect(await refund(paymentId, 7_001)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
});

test('the comparison of a provider that never answers fails after five attempts', async () => {
  emulator.fail({ request: /GET \/v1\/payment_intents$/, how: 503, times: 100 });
  const queued = await compare();
  expect(queued).toMatchObject({ status: 'QUEUED', problem: expect.stringContaining('StripeAPIError') });
  for (let attempt = 0; attempt < 4; attempt += 1) {
    clock.advance(3_600_000);
    await runJob();
  }
  const { rows } = await admin.query<{ status: string }>(
    `select status from payments.reconciliation order by created_at desc limit 1`,
  );
  expect(rows).toEqual([{ status: 'FAILED' }]);
  emulator.recover();
});
