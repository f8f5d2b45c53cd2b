import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemContext } from '@souk/kit/context';
import { money, systemClock } from '@souk/kit/domain';
import { openTestUnitOfWork, recordQueries, sequentialScans, until, type TestDatabase } from '@souk/kit/testing';
import fc from 'fast-check';
import type { Client } from 'pg';
import { PaymentChanged } from '../contract.ts';
import type { PaymentsUnitOfWork } from '../database.ts';
import { payments as subgraph } from '../index.ts';
import type { PaymentProvider } from '../provider/payment-provider.ts';
import { TestPaymentProvider } from '../provider/test-payment.provider.ts';
import { paymentRecovery } from './payment-recovery.job.ts';
import { PaymentService } from './payment.service.ts';

const ctx = systemContext(randomUUID(), 'test', randomUUID());
const eur = (amountMinor: number) => money(amountMinor, 'EUR');
let database: TestDatabase;
let admin: Client;
let unitOfWork: PaymentsUnitOfWork;
let provider: TestPaymentProvider;
let payments: PaymentService;

beforeAll(async () => {
  ({ database, unitOfWork } = await openTestUnitOfWork(subgraph));
  admin = await database.connect();
  provider = new TestPaymentProvider(unitOfWork, async () => undefined);
  payments = serviceWith(provider);
});
afterAll(() => database.drop());

const serviceWith = (TEST: PaymentProvider) =>
  new PaymentService(unitOfWork, { TEST, STRIPE: TEST, PAYSTACK: TEST, FLUTTERWAVE: TEST }, systemClock);
/** The test provider with some methods replaced. */
const providerThat = (changes: Partial<PaymentProvider>): PaymentProvider => ({
  authorize: (...args) => provider.authorize(...args),
  retrieve: () => provider.retrieve(),
  capture: (...args) => provider.capture(...args),
  void: (...args) => provider.void(...args),
  refund: (...args) => provider.refund(...args),
  ...changes,
});
const crash = async (): Promise<never> => {
  throw new Error('the process died');
};

const requestOf = (token = 'tok_visa', amountMinor = 10_000) => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  amount: eur(amountMinor),
  provider: 'TEST' as const,
  token,
});

async function authorized(amountMinor = 10_000): Promise<string> {
  const request = requestOf('tok_visa', amountMinor);
  expect(await payments.authorize(ctx, request)).toMatchObject({ ok: true });
  return request.paymentId;
}

const capture = (paymentId: string, amountMinor: number | null = null, stepId = randomUUID()) =>
  payments.capture(ctx, { paymentId, stepId, amount: amountMinor === null ? null : eur(amountMinor) });
const refund = (paymentId: string, amountMinor: number | null = null, stepId = randomUUID()) =>
  payments.refund(ctx, { paymentId, stepId, amount: amountMinor === null ? null : eur(amountMinor), reason: 'broken' });

async function rows<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
  // The statement in the call determines the type of the rows.
  return (await admin.query(text, values)).rows as Row[];
}
/** The test provider's charges that authorized or captured money for a payment. */
const chargesOf = (paymentId: string) =>
  rows<{ kind: string; approved: boolean }>(
    `select kind, decline_code is null as approved from payments.test_provider_charge where authorization_key = $1 order by created_at`,
    paymentId,
  );
const eventsOf = (paymentId: string) =>
  rows<{ step: string; version: number }>(
    `select payload ->> 'step' as step, (payload -> 'facts' ->> 'version')::int as version
       from payments.outbox_event where subject = $1 and aggregate_id = $2 order by position`,
    PaymentChanged.subject,
    paymentId,
  );
const openSteps = (paymentId: string) =>
  rows<{ kind: string }>(`select kind from payments.payment_step where payment_id = $1`, paymentId);

describe('authorizing', () => {
  test.each([
    ['tok_declined', 'card_declined'],
    ['tok_insufficient_funds', 'insufficient_funds'],
    ['tok_of_nobody', 'invalid_token'],
    ['toString', 'invalid_token'],
  ])('%s is declined as %s, and nothing is announced', async (token, declineCode) => {
    const request = requestOf(token);
    const refusal = { ok: false, error: { code: 'PAYMENT_DECLINED', declineCode } };
    expect(await payments.authorize(ctx, request)).toMatchObject(refusal);
    expect(await payments.authorize(ctx, request)).toMatchObject(refusal);
    expect(await eventsOf(request.paymentId)).toEqual([]);
  });

  test('a repetition with the same id returns the same result and holds nothing twice', async () => {
    const request = requestOf('tok_slow');
    const answers = await Promise.all([1, 2, 3].map(() => payments.authorize(ctx, request)));
    answers.push(await payments.authorize(ctx, request));
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { status: 'AUTHORIZED' } });
    expect(await chargesOf(request.paymentId)).toEqual([{ kind: 'AUTHORIZE', approved: true }]);
    expect(await eventsOf(request.paymentId)).toHaveLength(1);
  });

  test('the same id with another amount is refused', async () => {
    const request = requestOf();
    await payments.authorize(ctx, request);
    expect(await payments.authorize(ctx, { ...request, amount: eur(1) })).toMatchObject({
      error: { code: 'PAYMENT_NOT_ALLOWED' },
    });
  });

  test('a crash after the provider held the money is finished by the same request', async () => {
    const request = requestOf();
    const dying = serviceWith(providerThat({ authorize: async (...args) => provider.authorize(...args).then(crash) }));
    await expect(dying.authorize(ctx, request)).rejects.toThrow('died');
    expect(await payments.authorize(ctx, request)).toMatchObject({ ok: true, value: { status: 'AUTHORIZED' } });
    expect(await chargesOf(request.paymentId)).toHaveLength(1);
  });

  test('an authorization without an answer of the provider stays open, and the next try succeeds', async () => {
    const request = requestOf();
    const silent = serviceWith(providerThat({ authorize: async () => ({ kind: 'UNAVAILABLE', message: 'timeout' }) }));
    expect(await silent.authorize(ctx, request)).toMatchObject({ error: { code: 'PROVIDER_UNAVAILABLE' } });
    expect(await openSteps(request.paymentId)).toEqual([{ kind: 'AUTHORIZE' }]);
    expect(await payments.authorize(ctx, request)).toMatchObject({ ok: true });
  });
});

describe('voiding', () => {
  test('an unknown id is closed, and a late authorization is refused and holds nothing', async () => {
    const request = requestOf();
    expect(await payments.voidOrClose(ctx, request)).toEqual({ ok: true, value: { voided: false, payment: null } });
    expect(await payments.authorize(ctx, request)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(await chargesOf(request.paymentId)).toEqual([]);
  });

  test('an authorization is released, once', async () => {
    const request = requestOf();
    await payments.authorize(ctx, request);
    for (const _ of [1, 2])
      expect(await payments.voidOrClose(ctx, request)).toMatchObject({
        value: { voided: true, payment: { status: 'VOIDED', version: 3 } },
      });
    expect((await eventsOf(request.paymentId)).map(({ step }) => step)).toEqual(['AUTHORIZED', 'VOIDED']);
    expect(await payments.authorize(ctx, request)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
  });

  test('an authorization that is running at the provider is released, and holds nothing when it arrives', async () => {
    const request = requestOf('tok_slow');
    const { promise: twoSeconds, resolve: pass } = Promise.withResolvers<void>();
    const slow = serviceWith(new TestPaymentProvider(unitOfWork, () => twoSeconds));
    const authorizing = slow.authorize(ctx, request);
    await until(async () => (await openSteps(request.paymentId)).length === 1);
    expect(await payments.voidOrClose(ctx, request)).toMatchObject({ value: { voided: true } });
    pass();
    expect(await authorizing).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(await chargesOf(request.paymentId)).toEqual([
      { kind: 'VOID', approved: true },
      { kind: 'AUTHORIZE', approved: false },
    ]);
    expect(await openSteps(request.paymentId)).toEqual([]);
  });

  test('a captured payment cannot be voided', async () => {
    const paymentId = await authorized();
    await capture(paymentId, 1);
    expect(await payments.voidOrClose(ctx, { paymentId, orderId: randomUUID() })).toMatchObject({
      error: { code: 'PAYMENT_NOT_ALLOWED' },
    });
  });

  test('exactly one of a concurrent void and capture succeeds', async () => {
    for (let round = 0; round < 10; round++) {
      const paymentId = await authorized();
      const [captured, voided] = await Promise.all([
        capture(paymentId),
        payments.voidOrClose(ctx, { paymentId, orderId: randomUUID() }),
      ]);
      expect([captured.ok, voided.ok].filter(Boolean)).toHaveLength(1);
      expect(await openSteps(paymentId)).toEqual([]);
    }
  });
});

describe('capturing and refunding', () => {
  test('a repetition with the same capture id has no further effect, and is refused with another amount', async () => {
    const paymentId = await authorized();
    const captureId = randomUUID();
    for (const _ of [1, 2])
      expect(await capture(paymentId, 4_000, captureId)).toMatchObject({ value: { captured: eur(4_000), version: 3 } });
    expect(await capture(paymentId, 4_001, captureId)).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await capture(await authorized(), 4_000, captureId)).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test('each successful step is published with the new version', async () => {
    const paymentId = await authorized();
    await capture(paymentId, 4_000);
    await capture(paymentId);
    await refund(paymentId, 1);
    await refund(paymentId, 10_000);
    expect(await refund(paymentId)).toMatchObject({ value: { status: 'REFUNDED', refunded: eur(10_000) } });
    expect(await eventsOf(paymentId)).toEqual(
      ['AUTHORIZED', 'CAPTURED', 'CAPTURED', 'REFUNDED', 'REFUNDED'].map((step, index) => ({
        step,
        version: index + 2,
      })),
    );
  });

  test('a payment of another tenant is not found', async () => {
    const stranger = systemContext(randomUUID(), 'test', randomUUID());
    const paymentId = await authorized();
    expect(await payments.capture(stranger, { paymentId, stepId: randomUUID(), amount: null })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  test('concurrent captures and refunds never move more than the payment holds', async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 6_000 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(amounts, amounts, async (captures, refunds) => {
        const paymentId = await authorized();
        await Promise.all(captures.map((amount) => capture(paymentId, amount)));
        await Promise.all(refunds.map((amount) => refund(paymentId, amount)));
        const [books] = await rows<{ ours: number; theirs: number; refunded: number; theirRefunds: number }>(
          `select captured_minor::int as ours, refunded_minor::int as refunded,
                  (select sum(amount_minor) filter (where kind = 'CAPTURE')::int from payments.test_provider_charge
                    where authorization_key = $1::text and decline_code is null) as theirs,
                  (select coalesce(sum(amount_minor) filter (where kind = 'REFUND'), 0)::int from payments.test_provider_charge
                    where authorization_key = $1::text and decline_code is null) as "theirRefunds"
             from payments.payment where id = $1::uuid`,
          paymentId,
        );
        expect(books?.ours).toBe(books?.theirs);
        expect(books?.refunded).toBe(books?.theirRefunds);
        expect(books?.ours).toBeLessThanOrEqual(10_000);
        expect(books?.refunded).toBeLessThanOrEqual(books?.ours ?? 0);
      }),
      { numRuns: 15 },
    );
  });

  test('the ledger cannot be rewritten by the application', async () => {
    const app = await database.connect('payments_app');
    await app.query(`select set_config('app.tenant_id', $1, false)`, [ctx.tenantId]);
    await expect(app.query('update payments.payment_transaction set amount_minor = 1')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(app.query('delete from payments.payment_transaction')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('recovery', () => {
  const logger = { warn: () => undefined, error: () => undefined };
  const aMinutePasses = () => admin.query(`update payments.payment_step set retry_at = now() - interval '1 second'`);
  const recover = () => paymentRecovery(unitOfWork, payments, logger).run();

  test('releases an abandoned authorization of any tenant', async () => {
    const request = requestOf();
    const elsewhere = systemContext(randomUUID(), 'test', randomUUID());
    const dying = serviceWith(providerThat({ authorize: async (...args) => provider.authorize(...args).then(crash) }));
    await expect(dying.authorize(elsewhere, request)).rejects.toThrow('died');
    await recover();
    expect(await openSteps(request.paymentId)).toHaveLength(1); // its lease of one minute has not ended
    await aMinutePasses();
    await recover();
    expect(await openSteps(request.paymentId)).toEqual([]);
    expect(await chargesOf(request.paymentId)).toEqual([
      { kind: 'AUTHORIZE', approved: true },
      { kind: 'VOID', approved: true },
    ]);
    expect(await eventsOf(request.paymentId)).toEqual([{ step: 'VOIDED', version: 2 }]);
  });

  test('finishes a capture and a refund whose answers were lost', async () => {
    const paymentId = await authorized();
    const dying = serviceWith(
      providerThat({
        capture: async (...args) => provider.capture(...args).then(crash),
        refund: crash,
      }),
    );
    await expect(dying.capture(ctx, { paymentId, stepId: randomUUID(), amount: eur(3_000) })).rejects.toThrow('died');
    await aMinutePasses();
    await recover();
    await expect(
      dying.refund(ctx, { paymentId, stepId: randomUUID(), amount: eur(1_000), reason: 'late' }),
    ).rejects.toThrow('died');
    await aMinutePasses();
    await recover();
    expect((await eventsOf(paymentId)).map(({ step }) => step)).toEqual(['AUTHORIZED', 'CAPTURED', 'REFUNDED']);
    expect(await refund(paymentId)).toMatchObject({ value: { refunded: eur(3_000) } });
  });
});

test('a provider without a response does not delay the recovery of other steps', async () => {
  const logger = { warn: () => undefined, error: () => undefined };
  const paymentIds = [await authorized(), await authorized()];
  const dying = serviceWith(providerThat({ capture: crash }));
  for (const paymentId of paymentIds)
    await expect(dying.capture(ctx, { paymentId, stepId: randomUUID(), amount: null })).rejects.toThrow('died');
  // The order in which the job takes the steps.
  const [silent, other] = paymentIds;
  await admin.query(`update payments.payment_step set retry_at = now() - interval '2 seconds' where payment_id = $1`, [
    silent,
  ]);
  await admin.query(`update payments.payment_step set retry_at = now() - interval '1 second' where payment_id = $1`, [
    other,
  ]);
  const response = Promise.withResolvers<void>();
  const halfSilent = providerThat({
    capture: async (caller, request) => {
      if (request.authorizationKey === silent) await response.promise;
      return provider.capture(caller, request);
    },
  });
  const run = paymentRecovery(unitOfWork, serviceWith(halfSilent), logger).run();
  await until(async () => (await openSteps(other ?? '')).length === 0);
  expect(await openSteps(silent ?? '')).toHaveLength(1);
  response.resolve();
  await run;
  expect(await openSteps(silent ?? '')).toEqual([]);
});

describe('a refund of the whole rest', () => {
  const rest = (service: PaymentService, paymentId: string, stepId = randomUUID()) =>
    service.refundRest(ctx, { paymentId, stepId, reason: 'canceled' });

  test('succeeds without a refund when staff refunded everything before', async () => {
    const paymentId = await authorized();
    await capture(paymentId);
    await refund(paymentId);
    expect(await rest(payments, paymentId)).toMatchObject({ ok: true, value: { status: 'REFUNDED' } });
    expect(await chargesOf(paymentId)).toHaveLength(3);
  });

  test.each(['refund', 'capture'] as const)('runs once a running %s has ended', async (kind) => {
    const paymentId = await authorized();
    if (kind === 'refund') await capture(paymentId);
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const slowly = async <Answer>(work: () => Promise<Answer>) => {
      asked.resolve();
      await gate.promise;
      return work();
    };
    const slow = serviceWith(
      providerThat({
        capture: (...args) => slowly(() => provider.capture(...args)),
        refund: (...args) => slowly(() => provider.refund(...args)),
      }),
    );
    const call = { paymentId, stepId: randomUUID(), amount: null };
    const byStaff = kind === 'refund' ? slow.refund(ctx, { ...call, reason: 'by hand' }) : slow.capture(ctx, call);
    await asked.promise;
    const stepId = randomUUID();
    expect(await rest(payments, paymentId, stepId)).toMatchObject({ error: { code: 'PROVIDER_UNAVAILABLE' } });
    gate.resolve();
    expect(await byStaff).toMatchObject({ ok: true });
    const done = await rest(payments, paymentId, stepId);
    expect(done).toMatchObject({ ok: true, value: { status: 'REFUNDED', refunded: eur(10_000) } });
    expect((await chargesOf(paymentId)).filter((charge) => charge.kind === 'REFUND')).toHaveLength(1);
  });
});

test('no statement of a payment scans a table', async () => {
  const { statements } = await recordQueries(async () => {
    const paymentId = await authorized();
    await capture(paymentId, 4_000);
    await payments.refund(ctx, { paymentId, stepId: randomUUID(), amount: eur(1_000), reason: 'broken' });
    await payments.voidOrClose(ctx, { paymentId: randomUUID(), orderId: randomUUID() });
  });
  expect(statements.length).toBeGreaterThan(20);
  expect(await sequentialScans(database, 'payments', statements)).toEqual([]);
});
