import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { HostedShop, ngn, TURN_MS, VENDORS, type VendorName } from '../testing/hosted-shop.ts';

const AMOUNT = 1_050_050;

/** One payment, and the actions that may happen to it. Every action may be repeated. */
class Scenario {
  readonly #shop: HostedShop;
  readonly #request: ReturnType<HostedShop['request']>;
  /** The amounts of requested refunds in minor units, by refund id. */
  readonly #refunds = new Map<string, number>();
  /** Whether the shop has given up the payment. At the end, the shop must not hold any money of that payment. */
  gaveUp = false;

  constructor(shop: HostedShop) {
    this.#shop = shop;
    this.#request = shop.request(AMOUNT);
  }

  authorize = () => this.#shop.authorize(this.#request);
  confirm = () => this.#shop.confirm(this.#request);
  recorded = () => this.#shop.recorded(this.#request);
  taken = () => this.#shop.takenAtVendor(this.#request);

  release = () => {
    this.gaveUp = true;
    return this.#shop.release(this.#request);
  };

  refund = (amountMinor: number, id: string = randomUUID()) => {
    this.#refunds.set(id, amountMinor);
    return this.#shop.refund(this.#request, ngn(amountMinor), id);
  };

  /**
   * Simulates the buyer on the payment page. Does nothing when the page's URL was not recorded, because the buyer then
   * cannot know it.
   */
  async act(succeeds: boolean): Promise<void> {
    const { emulator } = this.#shop;
    const { paymentId } = this.#request;
    const answer = await this.#shop.knownPage(paymentId);
    const page = emulator.pageOf(paymentId);
    if (!answer || !page || page.status === 'PAID') return;
    if (succeeds) emulator.buyerPays(paymentId);
    else emulator.buyerFails(paymentId);
  }

  /** Delivers every event of the payment, newest first. */
  async notify(): Promise<void> {
    for (const { payload } of this.#shop.eventsOf(this.#request).toReversed()) await this.#shop.deliver(payload);
  }

  /** Retries the commands without a reply, as a caller does, and voids a payment that is still pending. */
  async end(): Promise<void> {
    this.#shop.emulator.recover();
    const again = async (work: () => Promise<unknown>) => {
      this.#shop.clock.advance(TURN_MS);
      await run(work);
    };
    if (this.gaveUp) await again(this.release);
    this.#shop.clock.advance(TURN_MS);
    const asked = await this.confirm().catch(() => null);
    const waits = !asked || (asked.ok ? asked.value.status === 'PENDING' : asked.error.code === 'PAYMENT_NOT_FOUND');
    if (waits) await again(this.release);
    if (this.gaveUp) await again(() => this.#returned());
    for (const [id, amount] of this.#refunds) await again(() => this.refund(amount, id));
    for (let round = 0; round < 3; round += 1) await this.#shop.runJobs();
  }

  /** Refunds the remaining amount, as a caller does when its void came after the capture. */
  async #returned(): Promise<void> {
    const recorded = await this.recorded();
    if (recorded && Number(recorded.captured) > Number(recorded.refunded)) await this.#shop.refund(this.#request);
  }
}

type Action = (scenario: Scenario, shop: HostedShop) => unknown;

const ACTIONS: Readonly<Record<string, Action>> = {
  authorize: (scenario) => scenario.authorize(),
  confirm: (scenario) => scenario.confirm(),
  'buyer pays': (scenario) => scenario.act(true),
  'buyer fails': (scenario) => scenario.act(false),
  'webhooks arrive': (scenario) => scenario.notify(),
  void: (scenario) => scenario.release(),
  'refund a part': (scenario) => scenario.refund(50_050),
  'refund all': (scenario) => scenario.refund(AMOUNT),
  'jobs run': (_scenario, shop) => shop.runJobs(),
  'a minute passes': (_scenario, shop) => shop.clock.advance(TURN_MS),
  'the vendor does not hear': (_scenario, shop) => shop.emulator.fail({ request: /./, how: 'BEFORE' }),
  'an answer is lost': (_scenario, shop) => shop.emulator.fail({ request: /./, how: 'AFTER' }),
};

/** Runs an action. A missing reply is not an error here, because the command is retried at the end. */
async function run(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'CommandUnavailableError') throw error;
  }
}

/** A sequence of steps. The actions of one step run concurrently. */
const steps = fc.array(fc.array(fc.constantFrom(...Object.keys(ACTIONS)), { minLength: 1, maxLength: 3 }), {
  maxLength: 8,
});

describe.each(Object.keys(VENDORS) as VendorName[])('%s', (name) => {
  let shop: HostedShop;
  beforeAll(async () => {
    shop = await HostedShop.start(name);
  });
  afterAll(() => shop.stop());

  test('the books agree with the vendor after any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const scenario = new Scenario(shop);
        for (const together of [['authorize'], ...script])
          await Promise.all(together.map((action) => run(() => ACTIONS[action]?.(scenario, shop))));
        await scenario.end();
        const recorded = await scenario.recorded();
        const held = recorded ? Number(recorded.captured) - Number(recorded.refunded) : 0;
        const summary = { status: recorded?.status ?? 'VOIDED', open: Number(recorded?.open ?? 0) };
        expect({ ...summary, taken: scenario.taken() }).toEqual({ ...summary, open: 0, taken: held });
        expect(summary.status).not.toBe('PENDING');
        if (scenario.gaveUp) expect(held).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
