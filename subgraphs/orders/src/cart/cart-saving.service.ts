import { ok, type Failure, type Result } from '@souk/kit/domain';
import type { OrdersTransaction } from '../database.ts';
import { settled, type Settle } from './cart-changes.ts';
import { findCartTerms } from './cart-terms.repository.ts';
import { saveCart } from './cart.repository.ts';
import type { Cart, PricedCart } from './cart.ts';

/** Prices a changed cart and saves it with the amounts that the buyer sees. The cart must be locked. */
export async function saveSettled(
  tx: OrdersTransaction,
  before: Cart,
  changed: Cart,
  settle: Settle = settled,
): Promise<Result<PricedCart, Failure | readonly Failure[]>> {
  const priced = settle(changed, await findCartTerms(tx, changed));
  if (!priced.ok) return priced;
  const { savings, taxAdjustment } = priced.value;
  const seen = { savingsMinor: savings.amountMinor, taxAdjustmentMinor: taxAdjustment.amountMinor };
  const cart = { ...priced.value.cart, ...seen };
  return ok({ ...priced.value, cart: { ...cart, version: saveCart(tx, before, cart) } });
}
