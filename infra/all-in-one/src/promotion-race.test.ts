import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import fc from 'fast-check';
import type { Client } from 'pg';
import { countUses, openCompensations, unbalancedPayments, wrongOrders } from './testing/promotion-books.ts';
import type { Article } from './testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const CREATE = `mutation ($input: PromotionCreateInput!) { promotionCreate(input: $input) { promotion { id } userErrors { message } } }`;
const UPDATE = `mutation ($input: PromotionUpdateInput!) { promotionUpdate(input: $input) { userErrors { code } } }`;
const DELETE = `mutation ($input: PromotionDeleteInput!) { promotionDelete(input: $input) { userErrors { code } } }`;
const CODES = `mutation ($input: CartDiscountCodesSetInput!) { cartDiscountCodesSet(input: $input) { userErrors { code } } }`;
const CANCEL = `mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }`;
const REFUND = `mutation ($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code } } }`;
const LATER = ['SERVICE_UNAVAILABLE', 'CHECKOUT_IN_PROGRESS'];

let installation: TestInstallation;
let souk: TestSouk;
let admin: Client;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  admin = await installation.database.connect();
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

async function createPromotion(settings: object): Promise<string> {
  const input = { name: 'Sale', action: { type: 'PERCENTAGE', percent: '10' }, ...settings };
  const { promotionCreate } = await souk.data(CREATE, { input }, souk.owner);
  if (!promotionCreate.promotion) throw new Error(JSON.stringify(promotionCreate.userErrors));
  return promotionCreate.promotion.id;
}

/** Pays like a careful client. When the busy server refuses a request, the request is repeated later with the same idempotency key. */
async function payToTheEnd(cartId: string): Promise<string[]> {
  for (;;) {
    const { data } = await souk.buyer.pay(cartId, { idempotencyKey: cartId });
    const codes: string[] = data?.checkoutComplete?.userErrors.map(({ code }: { code: string }) => code) ?? LATER;
    if (!codes.some((code) => LATER.includes(code))) return codes;
  }
}

/** Waits until every checkout, restock and refund has ended, and checks every sum. */
async function balanced(article: Article) {
  await until(async () => (await souk.books.unfinishedCheckouts()) + (await openCompensations(admin)) === 0);
  const { onHand, reserved, ledgerOnHand, ledgerReserved } = await souk.books.stockOf(article.sku);
  expect([onHand, reserved]).toEqual([ledgerOnHand, ledgerReserved]);
  expect(await wrongOrders(admin, article.sku)).toEqual([]);
  expect(await unbalancedPayments(admin)).toEqual([]);
  expect(await souk.books.strayPayments()).toBe(0);
}

test('500 buyers with a promotion for the last unit place one order, and the promotion is used once', async () => {
  const article = await souk.shop.offer({ north: 1, south: 0 });
  const promotionId = await createPromotion({ usageLimit: 1000 });
  const carts = await Promise.all(Array.from({ length: 500 }, () => souk.buyer.fillCart(article)));
  const answers = await Promise.all(carts.map((cartId) => payToTheEnd(cartId)));
  expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1);
  expect(new Set(answers.flat())).toEqual(new Set(['INSUFFICIENT_STOCK']));
  expect(await countUses(admin, promotionId)).toEqual({ counted: 1, recorded: 1, ordered: 1 });
  await balanced(article);
  await souk.data(DELETE, { input: { id: promotionId } }, souk.owner);
});

/** An action on the shop. `index` selects one of the orders that exist. */
type Action =
  | { readonly kind: 'BUY'; readonly quantity: number; readonly token: string }
  | { readonly kind: 'CANCEL' | 'REFUND'; readonly index: number }
  | { readonly kind: 'EDIT'; readonly percent: number; readonly usageLimit: number }
  | { readonly kind: 'END' | 'RESTART' | 'EXPIRE' };

const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('BUY' as const),
      quantity: fc.integer({ min: 1, max: 3 }),
      token: fc.constantFrom('tok_visa', 'tok_visa', 'tok_visa', 'tok_declined'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('CANCEL' as const, 'REFUND' as const), index: fc.nat(9) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('EDIT' as const),
      percent: fc.integer({ min: 1, max: 99 }),
      usageLimit: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('END' as const, 'RESTART' as const, 'EXPIRE' as const) }) },
);

/** The model of the shop: the highest usage limit that was in force while uses could grow. The real uses must never exceed it. */
interface Model {
  limit: number;
}

class VoucherShop {
  readonly article: Article;
  readonly code: string;
  readonly promotionId: string;

  constructor(article: Article, code: string, promotionId: string) {
    this.article = article;
    this.code = code;
    this.promotionId = promotionId;
  }

  static async open(usageLimit: number): Promise<VoucherShop> {
    await admin.query('delete from orders.attempt_count'); // the declines of earlier runs
    const code = `V-${randomUUID().slice(0, 8)}`.toUpperCase();
    const article = await souk.shop.offer({ north: 6, south: 4, price: '9.99' });
    return new VoucherShop(article, code, await createPromotion({ code, usageLimit }));
  }

  async run(action: Action): Promise<void> {
    switch (action.kind) {
      case 'BUY':
        return this.#buy(action.quantity, action.token);
      case 'CANCEL':
        return this.#withOrder(action.index, (orderId) =>
          souk.data(CANCEL, { input: { orderId, reason: 'Test' } }, souk.owner),
        );
      case 'REFUND':
        return this.#withOrder(action.index, (orderId) => this.#refund(orderId));
      case 'EDIT': {
        const percent = { type: 'PERCENTAGE', percent: String(action.percent) };
        return this.#update({ action: percent, usageLimit: action.usageLimit });
      }
      case 'END':
        return this.#update({ active: false });
      case 'RESTART':
        return this.#update({ active: true });
      case 'EXPIRE':
        await admin.query(`update inventory.reservation set expires_at = now() where status = 'HELD'`);
    }
  }

  async #buy(quantity: number, token: string): Promise<void> {
    const cartId = await souk.buyer.fillCart(this.article, quantity);
    await souk.data(CODES, { input: { cartId, codes: [this.code] } });
    await souk.buyer.pay(cartId, { token, idempotencyKey: cartId });
  }

  async #refund(orderId: string): Promise<void> {
    const { rows } = await admin.query(`select id from payments.payment where order_id = $1 and status = 'CAPTURED'`, [
      orderId,
    ]);
    if (!rows[0]) return;
    const input = { paymentId: rows[0].id, amount: { amount: '1.00', currencyCode: 'EUR' }, reason: 'Goodwill' };
    await souk.data(REFUND, { input }, souk.owner);
  }

  async #withOrder(index: number, work: (orderId: string) => Promise<unknown>): Promise<void> {
    const { rows } = await admin.query(
      `select placed.id from orders.sales_order placed
        where exists (select from orders.order_line where order_id = placed.id and sku = $1) order by placed_at, id`,
      [this.article.sku],
    );
    const order = rows[index % Math.max(1, rows.length)];
    if (order) await work(order.id);
  }

  async #update(changes: object): Promise<void> {
    await souk.data(UPDATE, { input: { id: this.promotionId, ...changes } }, souk.owner);
  }
}

/** Runs actions concurrently. Then checks that the uses of the promotion are within its limit, and that all tables agree. */
class AtOnce implements fc.AsyncCommand<Model, VoucherShop> {
  readonly #actions: readonly Action[];

  constructor(batch: readonly Action[]) {
    this.#actions = batch;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, shop: VoucherShop): Promise<void> {
    const before = await countUses(admin, shop.promotionId);
    await Promise.all(this.#actions.map((action) => shop.run(action)));
    await balanced(shop.article);
    const after = await countUses(admin, shop.promotionId);
    expect(after).toEqual({ counted: after.recorded, recorded: after.ordered, ordered: after.ordered });
    // The actions ran in an unknown order, so a use may have been counted under any limit of the batch. A lower limit does not undo a use.
    const limits = this.#actions.flatMap((action) => (action.kind === 'EDIT' ? [action.usageLimit] : []));
    expect(after.counted).toBeLessThanOrEqual(Math.max(before.counted, model.limit, ...limits));
    const { rows } = await admin.query('select usage_limit from orders.promotion where id = $1', [shop.promotionId]);
    model.limit = rows[0].usage_limit;
  }

  toString(): string {
    return `AtOnce(${JSON.stringify(this.#actions)})`;
  }
}

test('any actions at once leave uses within the limit, and balanced orders, stock and money', async () => {
  const batches = fc.array(actions, { minLength: 1, maxLength: 6 }).map((batch) => new AtOnce(batch));
  const property = fc.asyncProperty(
    fc.commands([batches], { maxCommands: 6, size: 'max' }),
    fc.integer({ min: 1, max: 3 }),
    async (commands, usageLimit) => {
      const setup = async () => ({ model: { limit: usageLimit }, real: await VoucherShop.open(usageLimit) });
      await fc.asyncModelRun(setup, commands);
    },
  );
  await fc.assert(property, { numRuns: 6, endOnFailure: true });
  const { rows } = await admin.query(
    `select count(*)::integer as orders from orders.sales_order where discounts <> '[]'`,
  );
  expect(rows[0].orders).toBeGreaterThan(1);
});
