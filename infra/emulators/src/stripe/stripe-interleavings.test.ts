import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import { startTestSubgraph, testActors, type TestSubgraph } from '@souk/kit/testing';
import { payments as definition, type PaymentsServices } from '@souk/payments';
import { AuthorizePayment, CapturePayment, ConfirmPayment, RefundPayment, VoidPayment } from '@souk/payments/contract';
import fc from 'fast-check';
import type { Client } from 'pg';
import { startStripeEmulator, type StripeEmulator } from './index.ts';

const { owner, shopper, system } = testActors(['settings:write']);
const AMOUNT = 10_000;
const eur = (amountMinor: number) => money(amountMinor, 'EUR');
const TOKENS = ['pm_card_visa', 'pm_card_visa_chargeDeclined', 'pm_card_authenticationRequired'] as const;

let emulator: StripeEmulator;
let payments: TestSubgraph<PaymentsServices>;
let admin: Client;

beforeAll(async () => {
  emulator = await startStripeEmulator({ webhookSecret: 'whsec_shop' });
  const keys = { secretKey: 'sk_test_1', webhookSecret: 'whsec_shop', apiUrl: emulator.url };
  payments = await startTestSubgraph(definition, { settings: { secrets: [{ ...keys, name: 'shop', tenantId: '*' }] } });
  admin = await payments.database.connect();
});
afterAll(async () => {
  await payments.close();
  await emulator.stop();
});

async function connect(captureMethod: 'MANUAL' | 'AUTOMATIC'): Promise<void> {
  const account = { provider: 'STRIPE', enabled: true, secretName: 'shop', publishableKey: null } as const;
  expect((await payments.services.setAccount(owner, { ...account, captureMethod, limits: [] })).ok).toBe(true);
}

const WEBHOOK = `mutation ($input: PaymentWebhookReceiveInput!) { paymentWebhookReceive(input: $input) { received } }`;

/** One payment, and the actions that may happen to it. Every action may be repeated. */
class Scenario {
  readonly #paymentId = randomUUID();
  readonly #orderId = randomUUID();
  readonly #captureId = randomUUID();
  readonly #token: (typeof TOKENS)[number];
  /** The amounts of requested refunds in minor units, by refund id. */
  readonly #refunds = new Map<string, number>();
  #captures = false;
  #releases = false;

  constructor(token: (typeof TOKENS)[number]) {
    this.#token = token;
  }

  get intent() {
    return emulator.intents().find(({ metadata }) => metadata['souk_payment'] === this.#paymentId) ?? null;
  }

  authorize = () =>
    payments.commands.send(system, AuthorizePayment, {
      paymentId: this.#paymentId,
      orderId: this.#orderId,
      amount: eur(AMOUNT),
      provider: 'STRIPE',
      token: this.#token,
      returnUrl: 'https://shop.test/back',
    });

  confirm = () => payments.commands.send(system, ConfirmPayment, { paymentId: this.#paymentId });

  release = () => {
    this.#releases = true;
    return payments.commands.send(system, VoidPayment, { paymentId: this.#paymentId, orderId: this.#orderId });
  };

  capture = () => {
    this.#captures = true;
    return payments.commands.send(system, CapturePayment, { paymentId: this.#paymentId, captureId: this.#captureId });
  };

  refund = (amountMinor: number, refundId: string = randomUUID()) => {
    this.#refunds.set(refundId, amountMinor);
    const request = { paymentId: this.#paymentId, refundId, amount: eur(amountMinor), reason: 'broken' };
    return payments.commands.send(system, RefundPayment, request);
  };

  /** Delivers every event of the payment, newest first. */
  async notify(): Promise<void> {
    const id = this.intent?.id;
    const events = emulator.events.filter(({ payload }) => id !== undefined && payload.includes(id)).toReversed();
    for (const { payload } of events) {
      const input = { provider: 'STRIPE', payload, signature: emulator.sign(payload) };
      await payments.query(shopper, WEBHOOK, { input });
    }
  }

  act(approved: boolean): void {
    if (this.intent?.status === 'requires_action') emulator.buyerActs(this.intent.id, approved);
  }

  /** Retries the commands without a reply, as a caller does, and voids a payment that is still pending. */
  async end(): Promise<void> {
    emulator.recover();
    if (this.#releases) await this.release();
    const asked = await this.confirm();
    if (asked.ok ? asked.value.status === 'PENDING' : asked.error.code === 'PAYMENT_NOT_FOUND') await this.release();
    if (this.#captures) await this.capture();
    for (const [id, amount] of this.#refunds) await this.refund(amount, id);
  }

  /** The payment in Souk's database. Null when the payment was never recorded. */
  async recorded() {
    const { rows } = await admin.query<{ status: string; captured: string; refunded: string; open: string }>(
      `select status, captured_minor as captured, refunded_minor as refunded,
              (select count(*) from payments.payment_step step where step.payment_id = payment.id) as open
         from payments.payment where id = $1`,
      [this.#paymentId],
    );
    return rows[0] ?? null;
  }

  /** The amounts at Stripe in minor units: authorized but not captured, and captured minus refunded. */
  atStripe() {
    const { intent } = this;
    const refunded = emulator.refundedOf(intent?.id ?? '');
    return { held: intent?.amount_capturable ?? 0, taken: (intent?.amount_received ?? 0) - refunded };
  }
}

type Action = (scenario: Scenario) => unknown;

const ACTIONS: Readonly<Record<string, Action>> = {
  authorize: (scenario) => scenario.authorize(),
  confirm: (scenario) => scenario.confirm(),
  'buyer approves': (scenario) => scenario.act(true),
  'buyer refuses': (scenario) => scenario.act(false),
  'webhooks arrive': (scenario) => scenario.notify(),
  void: (scenario) => scenario.release(),
  capture: (scenario) => scenario.capture(),
  'refund a part': (scenario) => scenario.refund(2_500),
  'refund all': (scenario) => scenario.refund(AMOUNT),
  'Stripe does not hear': () => emulator.fail({ request: /POST/, how: 'BEFORE', times: 2 }),
  'answers of Stripe are lost': () => emulator.fail({ request: /POST/, how: 'AFTER', times: 2 }),
};

/** Runs an action. A missing reply is not an error here, because the command is retried at the end. */
async function run(action: Action, scenario: Scenario): Promise<void> {
  try {
    await action(scenario);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'CommandUnavailableError') throw error;
  }
}

/** A sequence of steps. The actions of one step run concurrently. */
const steps = fc.array(fc.array(fc.constantFrom(...Object.keys(ACTIONS)), { minLength: 1, maxLength: 3 }), {
  maxLength: 8,
});

test.each(['MANUAL', 'AUTOMATIC'] as const)(
  'the books agree with Stripe after any interleaving, captured %s',
  async (captureMethod) => {
    await connect(captureMethod);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TOKENS), steps, async (token, script) => {
        const scenario = new Scenario(token);
        for (const together of [['authorize'], ...script])
          await Promise.all(together.map((name) => run(ACTIONS[name] ?? (() => undefined), scenario)));
        await scenario.end();
        const recorded = await scenario.recorded();
        const { held, taken } = scenario.atStripe();
        const status = recorded?.status ?? 'VOIDED';
        const isHeld = status === 'AUTHORIZED' ? AMOUNT : 0;
        const isTaken = recorded ? Number(recorded.captured) - Number(recorded.refunded) : 0;
        expect({ status, held, taken, open: Number(recorded?.open ?? 0) }).toEqual({
          status,
          held: isHeld,
          taken: isTaken,
          open: 0,
        });
        expect(status).not.toBe('PENDING');
      }),
      { numRuns: 25 },
    );
  },
);
