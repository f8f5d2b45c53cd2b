import { randomUUID } from 'node:crypto';
import { money, type Money } from '@souk/kit/domain';
import type { RecurringJob } from '@souk/kit/runtime';
import { startTestSubgraph, TestClock, testActors, type TestSubgraph } from '@souk/kit/testing';
import { payments as definition, type PaymentsServices } from '@souk/payments';
import { AuthorizePayment, ConfirmPayment, RefundPayment, VoidPayment } from '@souk/payments/contract';
import type { Client } from 'pg';
import { startFlutterwaveEmulator } from '../flutterwave/index.ts';
import type { HostedEmulator } from '../hosted/hosted-emulator.ts';
import { startPaystackEmulator } from '../paystack/index.ts';
import { reconcile } from './reconciliation-runs.ts';

export const SECRET_KEY = 'sk_test_shop';
const SECRET_HASH = 'hash_of_the_shop';

/** The vendors with payment pages. `unit` is the amount of one naira in the vendor's unit. */
export const VENDORS = {
  PAYSTACK: { unit: 100, start: () => startPaystackEmulator({ secretKey: SECRET_KEY }) },
  FLUTTERWAVE: {
    unit: 1,
    start: () => startFlutterwaveEmulator({ secretKey: SECRET_KEY, secretHash: SECRET_HASH }),
  },
} as const;
export type VendorName = keyof typeof VENDORS;

const WEBHOOK = `mutation ($input: PaymentWebhookReceiveInput!) {
  paymentWebhookReceive(input: $input) { received userErrors { code } }
}`;

/**
 * A process may work on a payment step for one minute. After this time, in milliseconds, another process may contact
 * the provider for the same step.
 */
export const TURN_MS = 61_000;

/** The time in milliseconds for one request: long while a provider answers, short while the provider is silent. */
export const PATIENT_MS = 20_000;
export const IMPATIENT_MS = 100;

export const ngn = (amountMinor: number): Money => money(amountMinor, 'NGN');

/** A shop with an account at one vendor, and with its own database. */
export class HostedShop {
  readonly name: VendorName;
  readonly emulator: HostedEmulator;
  readonly payments: TestSubgraph<PaymentsServices>;
  readonly clock: TestClock;
  readonly #jobs: readonly RecurringJob[];
  readonly #admin: Client;
  readonly #secret: { timeoutMs: number };
  #last: Promise<unknown> = Promise.resolve();

  /** Starts a shop. @param running the vendor's emulator @default a new emulator */
  static async start(name: VendorName, running?: HostedEmulator): Promise<HostedShop> {
    const emulator = running ?? (await VENDORS[name].start());
    const clock = new TestClock(new Date());
    const keys = { secretKey: SECRET_KEY, webhookSecret: SECRET_HASH, apiUrl: emulator.url };
    const secret = { ...keys, name: 'shop', tenantId: '*', timeoutMs: PATIENT_MS };
    const settings = { secrets: [secret] };
    const jobs: RecurringJob[] = [];
    const payments = await startTestSubgraph(keepingJobs(jobs), { settings, clock });
    const account = { provider: name, enabled: true, secretName: 'shop', publishableKey: null, limits: [] } as const;
    const set = await payments.services.setAccount(actors.owner, { ...account, captureMethod: 'AUTOMATIC' });
    if (!set.ok) throw new Error(set.error.message);
    return new HostedShop(name, emulator, { payments, clock, jobs, secret, admin: await payments.database.connect() });
  }

  private constructor(name: VendorName, emulator: HostedEmulator, parts: Parts) {
    this.name = name;
    this.emulator = emulator;
    this.payments = parts.payments;
    this.clock = parts.clock;
    this.#jobs = parts.jobs;
    this.#admin = parts.admin;
    this.#secret = parts.secret;
  }

  async stop(): Promise<void> {
    await this.payments.close();
    await this.emulator.stop();
  }

  request(amountMinor = 1_050_050) {
    const ids = { paymentId: randomUUID(), orderId: randomUUID() };
    const buyer = { email: 'ada@example.test', returnUrl: 'https://shop.test/back' };
    return { ...ids, ...buyer, amount: ngn(amountMinor), provider: this.name };
  }

  authorize = (request: Omit<ReturnType<HostedShop['request']>, 'email'>) =>
    this.payments.commands.send(actors.system, AuthorizePayment, request);

  confirm = ({ paymentId }: Ids) => this.payments.commands.send(actors.system, ConfirmPayment, { paymentId });

  release = ({ paymentId, orderId }: Ids) =>
    this.payments.commands.send(actors.system, VoidPayment, { paymentId, orderId });

  refund = ({ paymentId }: Ids, amount?: Money, refundId: string = randomUUID()) =>
    this.payments.commands.send(actors.system, RefundPayment, {
      paymentId,
      refundId,
      reason: 'broken',
      ...(amount && { amount }),
    });

  /** Runs actions at the same time while the vendor executes the matching requests and does not answer. */
  async silently(request: RegExp, actions: readonly (() => Promise<unknown>)[]): Promise<void> {
    this.emulator.fail({ request, how: 'SILENT', times: Number.POSITIVE_INFINITY });
    this.#secret.timeoutMs = IMPATIENT_MS;
    await Promise.all(actions.map((action) => action()));
    this.#secret.timeoutMs = PATIENT_MS;
    this.emulator.recover();
  }

  async deliver(payload: string, headers: Readonly<Record<string, string>> = this.emulator.signed(payload)) {
    const signature = headers['x-paystack-signature'] ?? headers['flutterwave-signature'] ?? null;
    const input = { provider: this.name, payload, signature, secretHash: headers['verif-hash'] ?? null };
    const { paymentWebhookReceive } = await this.payments.query<{
      paymentWebhookReceive: { received: boolean | null; userErrors: { code: string }[] };
    }>(actors.shopper, WEBHOOK, { input });
    return paymentWebhookReceive;
  }

  /** Compares the ledger of the last day with the vendor. */
  reconcile = () => {
    this.clock.advance(20 * 60_000); // the last 15 minutes are left to the next comparison
    return reconcile({
      provider: this.name,
      staff: actors.owner,
      now: () => this.clock.now(),
      query: (ctx, text, variables) => this.payments.query(ctx, text, { ...variables }),
      runJobs: () => this.runJobs('payments.reconciliation'),
    });
  };

  /** Runs a query as the shop's owner, and returns its data. */
  list = <Data>(text: string) => this.payments.query<Data>(actors.owner, text);

  /** Refunds money on the pages of the vendor, without Souk. @param amount in the unit of the vendor */
  async refundAtVendor({ paymentId }: Ids, amount: number): Promise<void> {
    const page = this.emulator.pageOf(paymentId);
    const [path, body] =
      this.name === 'PAYSTACK'
        ? ['/refund', { transaction: paymentId, amount: String(amount) }]
        : [`/v3/transactions/${page?.id}/refund`, { amount }];
    const headers = { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' };
    const answer = await fetch(`${this.emulator.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  eventsOf({ paymentId }: Ids) {
    return this.emulator.events.filter(({ payload }) => payload.includes(paymentId));
  }

  /** The payment in Souk's database. Null when the payment was never recorded. */
  async recorded({ paymentId }: Ids) {
    const rows = await this.#rows<{ status: string; captured: string; refunded: string; open: string }>(
      `select status, captured_minor as captured, refunded_minor as refunded,
              (select count(*) from payments.payment_step step where step.payment_id = payment.id) as open
         from payments.payment where id = $1`,
      [paymentId],
    );
    return rows[0] ?? null;
  }

  /** The entries of the payment ledger in alphabetical order, as `KIND STATUS AMOUNT`. */
  async ledger({ paymentId }: Ids): Promise<string[]> {
    const rows = await this.#rows<{ entry: string }>(
      `select kind || ' ' || status || ' ' || amount_minor as entry
         from payments.payment_transaction where payment_id = $1
        union all
       select 'DISPUTE_' || kind || ' ' || amount_minor
         from payments.dispute_movement where payment_id = $1
        order by 1`,
      [paymentId],
    );
    return rows.map(({ entry }) => entry);
  }

  /**
   * Makes all delayed retries and checks due now, and runs each job of the payments subgraph once.
   * @param only the name of a single job @default all jobs
   */
  async runJobs(only?: string): Promise<void> {
    await this.#rows(`update payments.payment_step set retry_at = now() - interval '1 second', asked_at = null`);
    await this.#rows(`update payments.reconciliation set run_at = now() - interval '1 second' where status = 'QUEUED'`);
    await this.#rows(`update payments.open_page set check_at = now() - interval '1 second' where check_at is not null`);
    for (const job of this.#jobs) if (only === undefined || job.name === only) await job.run();
  }

  /** Whether the shop has recorded the URL of the payment page. The buyer gets only a recorded URL. */
  async knownPage(paymentId: string): Promise<boolean> {
    const rows = await this.#rows(`select from payments.payment where id = $1 and provider_reference is not null`, [
      paymentId,
    ]);
    return rows.length > 0;
  }

  /** Runs a statement as the owner of the database. */
  sql = (text: string, values: readonly unknown[] = []) => this.#rows(text, values);

  /**
   * Runs a statement after the previous statement has finished, because a Postgres connection runs one statement at a
   * time.
   */
  #rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = this.#last.then(async () => (await this.#admin.query<Row>(text, [...values])).rows);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** The paid amount minus refunds at the vendor, in minor units. */
  takenAtVendor({ paymentId }: Ids): number {
    const page = this.emulator.pageOf(paymentId);
    const paid = page?.status === 'PAID' ? page.amount : 0;
    return Math.round(((paid - this.emulator.refundedOf(paymentId)) * 100) / VENDORS[this.name].unit);
  }
}

interface Parts {
  readonly payments: TestSubgraph<PaymentsServices>;
  readonly clock: TestClock;
  readonly jobs: readonly RecurringJob[];
  readonly admin: Client;
  readonly secret: { timeoutMs: number };
}

/**
 * The definition of the payments subgraph. Its jobs are collected instead of started, so that a test controls when they
 * run.
 */
export function keepingJobs(jobs: RecurringJob[]): typeof definition {
  return {
    ...definition,
    create(parts) {
      const instance = definition.create(parts);
      jobs.push(...(instance.jobs ?? []));
      return instance;
    },
  };
}

interface Ids {
  readonly paymentId: string;
  readonly orderId: string;
}

const actors = testActors(['payments:read', 'payments:write', 'settings:write']);
