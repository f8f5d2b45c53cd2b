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
const buyer = {
  ...shopper,
  actor: { kind: 'user', userId: randomUUID(), role: 'SHOPPER', scopes: [], customerId: randomUUID() },
} as const;
const AMOUNT = 10_000;
const eur = (amountMinor: number) => money(amountMinor, 'EUR');
const TOKENS = ['pm_card_visa', 'pm_card_visa_chargeDeclined', 'pm_card_authenticationRequired'] as const;

let emulator: StripeEmulator;
let payments: TestSubgraph<PaymentsServices>;
let admin: Client;
/** The ids of the buyer's saved methods, by the token that saved the method. */
const savedMethods = new Map<string, string>();

beforeAll(async () => {
  emulator = await startStripeEmulator({ webhookSecret: 'whsec_shop' });
  const keys = { secretKey: 'sk_test_1', webhookSecret: 'whsec_shop', apiUrl: emulator.url };
  payments = await startTestSubgraph(definition, { settings: { secrets: [{ ...keys, name: 'shop', tenantId: '*' }] } });
  admin = await payments.database.connect();
  await connect('MANUAL');
  for (const token of ['pm_card_visa', 'pm_card_chargeCustomerFail']) {
    const input = { provider: 'STRIPE', token };
    const { done } = await payments.query<{ done: { paymentMethod: { id: string } } }>(buyer, SAVE, { input });
    savedMethods.set(token, done.paymentMethod.id);
  }
});
afterAll(async () => {
  await payments.close();
  await emulator.stop();
});

async function connect(captureMethod: 'MANUAL' | 'AUTOMATIC'): Promise<void> {
  const account = { provider: 'STRIPE', enabled: true, secretName: 'shop', publishableKey: null } as const;
  expect((await payments.services.setAccount(owner, { ...account, captureMethod, limits: [] })).ok).toBe(true);
}

const SAVE = `mutation ($input: PaymentMethodSaveInput!) {
  done: paymentMethodSave(input: $input) { paymentMethod { id } }
}`;
const WEBHOOK = `mutation ($input: PaymentWebhookReceiveInput!) { paymentWebhookReceive(input: $input) { received } }`;

/** One payment, and the actions that may happen to it. Every action may be repeated. */
class Scenario {
  readonly #paymentId = randomUUID();
  readonly #orderId = randomUUID();
  readonly #captureId = randomUUID();
  readonly #method: Method;
  #dispute: { readonly id: string; readonly amount: number; withdrawn: boolean } | null = null;
  /** The amounts of requested refunds in minor units, by refund id. */
  readonly #refunds = new Map<string, number>();
  #captures = false;
  #releases = false;

  constructor(method: Method) {
    this.#method = method;
  }

  get intent() {
    return emulator.intents().find(({ metadata }) => metadata['souk_payment'] === this.#paymentId) ?? null;
  }

  authorize = () =>
    payments.commands.send(buyer, AuthorizePayment, {
      paymentId: this.#paymentId,
      orderId: this.#orderId,
      amount: eur(AMOUNT),
      provider: 'STRIPE',
      ...this.#method,
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

  /** The buyer's bank takes the money that is left, or a part of it. A charge has at most one dispute. */
  openDispute(most: number): void {
    const { intent } = this;
    const amount = Math.min(most, this.atStripe().taken);
    if (!intent || amount <= 0 || this.#dispute) return;
    this.#dispute = { id: emulator.openDispute(intent.id, amount), amount, withdrawn: true };
  }

  decideDispute(status: 'won' | 'lost'): void {
    if (!this.#dispute) return;
    emulator.decideDispute(this.#dispute.id, status);
    this.#dispute.withdrawn = status === 'lost';
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
    await this.notify();
  }

  /** The payment in Souk's database. Null when the payment was never recorded. */
  async recorded() {
    const { rows } = await admin.query<{
      status: string;
      captured: string;
      refunded: string;
      disputed: string;
      moved: string;
      open: string;
    }>(
      `select status, captured_minor as captured, refunded_minor as refunded, disputed_minor as disputed,
              (select coalesce(sum(case kind when 'WITHDRAWAL' then amount_minor else -amount_minor end), 0)
                 from payments.dispute_movement moved where moved.payment_id = payment.id) as moved,
              (select count(*) from payments.payment_step step where step.payment_id = payment.id) as open
         from payments.payment where id = $1`,
      [this.#paymentId],
    );
    return rows[0] ?? null;
  }

  /** The amounts at Stripe in minor units: authorized but not captured, captured minus refunded, and withdrawn by a dispute. */
  atStripe() {
    const { intent } = this;
    const refunded = emulator.refundedOf(intent?.id ?? '');
    return {
      held: intent?.amount_capturable ?? 0,
      taken: (intent?.amount_received ?? 0) - refunded,
      disputed: this.#dispute?.withdrawn ? this.#dispute.amount : 0,
    };
  }
}

/** A token, or a saved method of the buyer. */
type Method = { readonly token: (typeof TOKENS)[number] } | { readonly savedMethodId: string };
const methods = fc
  .constantFrom(...TOKENS, 'saved pm_card_visa', 'saved pm_card_chargeCustomerFail')
  .map((name): Method => {
    const token = TOKENS.find((each) => each === name);
    return token ? { token } : { savedMethodId: savedMethods.get(name.replace('saved ', '')) ?? '' };
  });

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
  'the bank disputes a part': (scenario) => scenario.openDispute(4_000),
  'the bank disputes all': (scenario) => scenario.openDispute(AMOUNT),
  'the shop wins the dispute': (scenario) => scenario.decideDispute('won'),
  'the shop loses the dispute': (scenario) => scenario.decideDispute('lost'),
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

const together = fc.array(fc.constantFrom(...Object.keys(ACTIONS)), { minLength: 1, maxLength: 3 });
/** Half of the payments are captured at first, because only captured money is disputed. */
const starts = fc.constantFrom([['authorize']], [['authorize'], ['capture']]);
/** A sequence of steps. The actions of one step run concurrently. */
const steps = fc.tuple(starts, fc.array(together, { maxLength: 8 })).map(([start, rest]) => [...start, ...rest]);

test.each(['MANUAL', 'AUTOMATIC'] as const)(
  'the books agree with Stripe after any interleaving, captured %s',
  async (captureMethod) => {
    await connect(captureMethod);
    await fc.assert(
      fc.asyncProperty(methods, steps, async (method, script) => {
        const scenario = new Scenario(method);
        for (const names of script)
          await Promise.all(names.map((name) => run(ACTIONS[name] ?? (() => undefined), scenario)));
        await scenario.end();
        const recorded = await scenario.recorded();
        const { held, taken, disputed } = scenario.atStripe();
        const status = recorded?.status ?? 'VOIDED';
        const isHeld = status === 'AUTHORIZED' ? AMOUNT : 0;
        const isTaken = recorded ? Number(recorded.captured) - Number(recorded.refunded) : 0;
        const atStripe = { status, held, taken, disputed, moved: disputed };
        expect({ ...atStripe, open: Number(recorded?.open ?? 0) }).toEqual({
          status,
          held: isHeld,
          taken: isTaken,
          disputed: Number(recorded?.disputed ?? 0),
          moved: Number(recorded?.moved ?? 0),
          open: 0,
        });
        expect(status).not.toBe('PENDING');
      }),
      { numRuns: 25 },
    );
  },
);
