import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { InProcessCommands } from '@souk/kit/messaging';
import { createLogger } from '@souk/kit/runtime';
import { openTestUnitOfWork, testActors, type TestDatabase } from '@souk/kit/testing';
import type { OrdersUnitOfWork } from '../database.ts';
import { orders } from '../index.ts';
import { TestCatalog } from '../testing/catalog.ts';
import { cartAbandonmentJob } from './cart-abandonment.job.ts';
import { createCarts } from './cart.assembly.ts';
import { CartOffers } from './cart-offers.service.ts';
import { CartService } from './cart.service.ts';
import { CatalogPrices } from './catalog-prices.service.ts';
import { priceChanges } from './cart-pricing.ts';
import { StockWarnings } from './stock-warnings.service.ts';

const logger = createLogger({ level: 'silent' });
const catalog = new TestCatalog();
const commands = new InProcessCommands();
commands.register(catalog.handlers);

let database: TestDatabase;
let unitOfWork: OrdersUnitOfWork;
let carts: CartService;
let assembly: ReturnType<typeof createCarts>;
beforeAll(async () => {
  ({ database, unitOfWork } = await openTestUnitOfWork(orders));
  const warnings = new StockWarnings(commands, logger);
  const offers = new CartOffers(unitOfWork, new CatalogPrices(commands, logger), warnings);
  carts = new CartService(unitOfWork, offers, warnings);
  assembly = createCarts({ unitOfWork, commands, logger });
});
afterAll(() => database.drop());

async function openCart(ctx = testActors([]).shopper) {
  const variantId = catalog.sell({ unitPrice: '10.00' });
  const created = await carts.create(ctx, { lines: [{ variantId, quantity: 2 }] });
  if (!created.ok) throw new Error('the cart was refused');
  return { ctx, variantId, cart: created.value.cart };
}

/**
 * Moves `updated_at` of a tenant's carts into the past. The trigger `stamp_row` is disabled meanwhile, because it would set the current
 * time.
 */
async function age(tenantId: string, interval: string) {
  const admin = await database.connect();
  await admin.query('set session_replication_role = replica');
  await admin.query(`update orders.cart set updated_at = now() - $2::interval where tenant_id = $1`, [
    tenantId,
    interval,
  ]);
}

test('a cart is repriced, the price changes are reported, and its buyer sees the new prices', async () => {
  const { ctx, variantId, cart } = await openCart();
  catalog.sell({ variantId, unitPrice: '11.50' });
  const priced = await assembly.pricing.price(ctx, cart);
  if (!priced.ok) throw new Error(priced.error.message);
  expect(priced.value.totals.total).toEqual({ amountMinor: 2300, currency: 'EUR' });
  expect(priceChanges(cart, priced.value.lines)).toMatchObject([{ variantId, unitPrice: '11.50' }]);
  await unitOfWork.run(ctx, async (tx) => {
    const locked = await assembly.checkout.lockForCheckout(tx, cart.id);
    if (locked) assembly.checkout.reprice(tx, locked, priced.value);
  });
  expect(await carts.find(ctx, cart.id)).toMatchObject({
    cart: { version: 2, lines: [{ id: cart.lines[0]?.id, unitPrice: '11.50', quantity: 2 }] },
  });
});

test('a cart with a variant that is no longer sold cannot be priced', async () => {
  const { ctx, variantId, cart } = await openCart();
  catalog.withdraw(variantId);
  expect(await assembly.pricing.price(ctx, cart)).toMatchObject({ ok: false, error: { code: 'VARIANT_NOT_FOUND' } });
});

test('a cart that became an order can be read and never changes again', async () => {
  const { ctx, cart } = await openCart();
  await unitOfWork.run(ctx, (tx) => assembly.checkout.complete(tx, cart.id, randomUUID()));
  expect(await carts.find(ctx, cart.id)).toMatchObject({ cart: { status: 'COMPLETED' } });
  const refused = await carts.updateLines(ctx, { cartId: cart.id, lines: [] });
  expect(refused).toMatchObject({ ok: false, error: { code: 'CART_CLOSED' } });
});

test("carts of every tenant that were unchanged for 30 days are closed and lose their buyer's data", async () => {
  const idle = await Promise.all([openCart(), openCart()]);
  const used = await openCart();
  const shippingAddress = { name: 'A', line1: 'B', city: 'C', postalCode: '10115', countryCode: 'DE' };
  const rest = { line2: null, region: null, phone: null };
  for (const { ctx, cart } of [...idle, used]) {
    const addresses = { shippingAddress: { ...shippingAddress, ...rest }, billingAddress: null };
    const set = await carts.setAddresses(ctx, { cartId: cart.id }, { email: 'a@example.test', ...addresses });
    expect(set.ok).toBe(true);
  }
  for (const { ctx } of idle) await age(ctx.tenantId, '31 days');
  await age(used.ctx.tenantId, '29 days');
  await cartAbandonmentJob(unitOfWork, logger).run();
  const found = await Promise.all([...idle, used].map(({ ctx, cart }) => carts.find(ctx, cart.id)));
  const closed = { cart: { status: 'ABANDONED', email: null, shippingAddress: null } };
  expect(found).toMatchObject([closed, closed, { cart: { status: 'ACTIVE', email: 'a@example.test' } }]);
});
