import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startStripeEmulator, type StripeEmulator } from '@souk/emulators/stripe';
import { until } from '@souk/kit/testing';
import fc from 'fast-check';
import type { Client } from 'pg';
import { callRest } from './rest/testing/rest-client.ts';
import { openCompensations, unbalancedPayments, wrongOrders } from './testing/promotion-books.ts';
import type { Article } from './testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const CHECKOUT = `mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } userErrors { code } } }`;
const GIVE_UP = `mutation ($input: CheckoutCancelInput!) { checkoutCancel(input: $input) { userErrors { code } } }`;
const CANCEL = `mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }`;
const REFUND = `mutation ($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code } } }`;
const UNITS = 2;

let emulator: StripeEmulator;
let installation: TestInstallation;
let souk: TestSouk;
let admin: Client;
/** The buyers of the running script, by cart. */
const buyers = new Map<string, Purchase>();

beforeAll(async () => {
  emulator = await startStripeEmulator({
    webhookSecret: 'whsec_shop',
    webhookUrl: () => `${souk.url}/api/v1/payments/webhook/stripe`,
  });
  const keys = { secretKey: 'sk_test_1', webhookSecret: 'whsec_shop', apiUrl: emulator.url };
  installation = await openInstallation();
  admin = await installation.database.connect();
  const payments = { secrets: [{ tenantId: '*', name: 'shop', ...keys }] };
  souk = await startTestSouk(installation, { settings: { payments, orders: { onCheckoutStep: crashIfArmed } } });
  const account = { enabled: true, secretName: 'shop', captureMethod: 'MANUAL' };
  await callRest(souk.url, 'PUT', '/payment-accounts/STRIPE', { headers: souk.owner, body: account });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
  await emulator.stop();
});

let last: Promise<unknown> = Promise.resolve();
/** Runs a statement after the previous statement, because a Postgres connection runs one at a time. */
function rowsOf<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const result = last.then(async () => (await admin.query<Row>(text, [...values])).rows);
  last = result.catch(() => undefined);
  return result;
}

/** Simulates a process that ends at this step of a checkout. No later step of the checkout runs. */
async function crashIfArmed({ checkoutId }: { readonly checkoutId: string }): Promise<void> {
  const rows = await rowsOf<{ cart_id: string }>('select cart_id from orders.checkout where id = $1', [checkoutId]);
  if (buyers.get(rows[0]?.cart_id ?? '')?.isCrash()) throw new Error('The process ended at this step');
}

/** One buyer with a cart, and everything that may happen to the purchase. */
class Purchase {
  readonly article: Article;
  readonly cartId: string;
  readonly #refunds: object[] = [];
  /** The number of steps until the process ends. Null when the process does not end. */
  stepsToCrash: number | null = null;

  private constructor(article: Article, cartId: string) {
    this.article = article;
    this.cartId = cartId;
  }

  static async open(): Promise<Purchase> {
    const article = await souk.shop.offer({ north: UNITS, south: 0 });
    const purchase = new Purchase(article, await souk.buyer.fillCart(article));
    buyers.set(purchase.cartId, purchase);
    return purchase;
  }

  isCrash(): boolean {
    if (this.stepsToCrash === null) return false;
    this.stepsToCrash = this.stepsToCrash === 0 ? null : this.stepsToCrash - 1;
    return this.stepsToCrash === null;
  }

  pay(token: string) {
    const payment = { provider: 'STRIPE', token, returnUrl: 'https://shop.test/back' };
    return souk.run(CHECKOUT, { input: { cartId: this.cartId, payment } });
  }

  giveUp = () => souk.run(GIVE_UP, { input: { cartId: this.cartId } });

  async cancel(): Promise<void> {
    for (const { id } of await this.#orders())
      await souk.run(CANCEL, { input: { orderId: id, reason: 'Test' } }, souk.owner);
  }

  async refund(): Promise<void> {
    for (const paymentId of await this.#payments()) {
      const amount = { amount: '1.00', currencyCode: 'EUR' };
      const input = { paymentId, amount, reason: 'Goodwill', idempotencyKey: randomUUID() };
      this.#refunds.push(input);
      await souk.run(REFUND, { input }, souk.owner);
    }
  }

  async authenticate(approved: boolean): Promise<void> {
    for (const { id } of await this.intents())
      if (emulator.intents().some((each) => each.id === id && each.status === 'requires_action'))
        emulator.buyerActs(id, approved);
  }

  /** Sends every event of the purchase again, the newest first. */
  async notify(): Promise<void> {
    const ids = (await this.intents()).map(({ id }) => id);
    const events = emulator.events.filter(({ payload }) => ids.some((id) => payload.includes(id)));
    for (const event of events.toReversed()) await emulator.send(event);
  }

  async expire(): Promise<void> {
    await rowsOf(
      `update orders.checkout set lease_until = now(), wait = jsonb_set(wait, '{until}', '"2026-01-01T00:00:00.000Z"')
        where cart_id = $1 and wait is not null`,
      [this.cartId],
    );
  }

  /** Advances time past all waits and leases, and repeats the requests that got no response, as careful clients do. */
  async end(): Promise<void> {
    this.stepsToCrash = null;
    await this.expire();
    await rowsOf('update orders.checkout set lease_until = now() where cart_id = $1', [this.cartId]);
    for (const input of this.#refunds) await souk.run(REFUND, { input }, souk.owner);
  }

  async intents() {
    const ids = await this.#payments();
    return emulator.intents().filter(({ metadata }) => ids.includes(metadata['souk_payment'] ?? ''));
  }

  /** A payment has the id of its checkout. */
  async #payments(): Promise<string[]> {
    const rows = await rowsOf<{ id: string }>('select id from orders.checkout where cart_id = $1', [this.cartId]);
    return rows.map(({ id }) => id);
  }

  #orders() {
    const placed = 'select id, status from orders.sales_order where cart_id = $1';
    return rowsOf<{ id: string; status: string }>(placed, [this.cartId]);
  }

  /** Money at Stripe and in the ledger, and units in stock and in orders. */
  async balance() {
    const intents = await this.intents();
    const held = intents.reduce((sum, { amount_capturable }) => sum + amount_capturable, 0);
    const taken = intents.reduce((sum, { id, amount_received }) => sum + amount_received - emulator.refundedOf(id), 0);
    const rows = await rowsOf<{ held: number; taken: number; open: number }>(
      `select coalesce(sum(authorized_minor) filter (where status = 'AUTHORIZED'), 0)::integer as held,
              coalesce(sum(captured_minor - refunded_minor), 0)::integer as taken,
              (select count(*)::integer from payments.payment_step where payment_id = any($1)) as open
         from payments.payment where id = any($1)`,
      [await this.#payments()],
    );
    const orders = await this.#orders();
    const sold = orders.filter(({ status }) => status !== 'CANCELED').length;
    return { stripe: { held, taken }, ledger: rows[0], orders: orders.length, sold };
  }
}

const ACTIONS: Readonly<Record<string, (purchase: Purchase) => unknown>> = {
  'pays by card': (purchase) => purchase.pay('pm_card_visa'),
  'pays by a card that needs authentication': (purchase) => purchase.pay('pm_card_authenticationRequired'),
  'pays by a declined card': (purchase) => purchase.pay('pm_card_visa_chargeDeclined'),
  approves: (purchase) => purchase.authenticate(true),
  refuses: (purchase) => purchase.authenticate(false),
  'gives up': (purchase) => purchase.giveUp(),
  'cancels the order': (purchase) => purchase.cancel(),
  'gets a refund': (purchase) => purchase.refund(),
  'is notified again': (purchase) => purchase.notify(),
  'waits too long': (purchase) => purchase.expire(),
  'crashes at once': (purchase) => void (purchase.stepsToCrash = 0),
  'crashes later': (purchase) => void (purchase.stepsToCrash = 4),
  'loses requests': () => emulator.fail({ request: /POST/, how: 'BEFORE', times: 2 }),
  'loses answers': () => emulator.fail({ request: /POST/, how: 'AFTER', times: 2 }),
};

/** Runs actions on one purchase at the same time. */
class AtOnce implements fc.AsyncCommand<object, Purchase> {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  check(): boolean {
    return true;
  }

  async run(_model: object, purchase: Purchase): Promise<void> {
    await Promise.all(this.#names.map((name) => ACTIONS[name]?.(purchase)));
  }

  toString(): string {
    return `(${this.#names.join(' | ')})`;
  }
}

const names = fc.array(fc.constantFrom(...Object.keys(ACTIONS)), { minLength: 1, maxLength: 3 });
const PURCHASES = 10;
/** The scripts run at the same time, because recovery takes seconds for any number of checkouts. */
const scripts = fc.array(fc.commands([names.map((each) => new AtOnce(each))], { maxCommands: 6, size: 'max' }), {
  minLength: PURCHASES,
  maxLength: PURCHASES,
});

test('money and stock balance after any interleaving of buyers, staff, notifications, expiry and crashes', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, async (all) => {
      await admin.query('delete from orders.attempt_count'); // the declines of earlier runs
      const purchases = await Promise.all(all.map(() => Purchase.open()));
      await Promise.all(
        all.map((script, index) => {
          const real = purchases[index];
          if (!real) throw new Error('Each script has a purchase');
          return fc.asyncModelRun(() => ({ model: {}, real }), script);
        }),
      );
      emulator.recover();
      await until(async () => {
        for (const purchase of purchases) await purchase.end();
        return (await souk.books.unfinishedCheckouts()) + (await openCompensations(admin)) === 0;
      });
      for (const purchase of purchases) await expectBalance(purchase);
      expect(await unbalancedPayments(admin)).toEqual([]);
      expect([await souk.books.strayPayments(), await souk.books.heldReservations()]).toEqual([0, 0]);
    }),
    { numRuns: 1 },
  );
});

async function expectBalance(purchase: Purchase): Promise<void> {
  const { stripe, ledger, orders, sold } = await purchase.balance();
  expect({ ...stripe, open: 0 }).toEqual(ledger);
  expect(orders).toBeLessThanOrEqual(1);
  const { onHand, reserved, ...entries } = await souk.books.stockOf(purchase.article.sku);
  expect({ onHand, reserved }).toEqual({ onHand: entries.ledgerOnHand, reserved: entries.ledgerReserved });
  expect(onHand - reserved).toBe(UNITS - sold);
  if (sold === 0) expect(stripe).toEqual({ held: 0, taken: 0 });
  expect(await wrongOrders(admin, purchase.article.sku)).toEqual([]);
}
