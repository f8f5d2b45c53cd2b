import { add, allocate, lineTotal, subtract, sum, zero, type Money } from '@souk/kit/domain';
import { offersFor, type ShippingRate } from '../shipping-method/shipping-method.ts';
import { taxWithin } from '../tax/tax.ts';
import type { Cart, PricedCart, PricedCartLine, VariantSnapshot } from './cart.ts';

/** The terms that determine the amounts of a cart, together with its lines. They depend on the destination country. */
export interface CartTerms {
  readonly taxBasisPoints: number;
  readonly shippingRates: readonly ShippingRate[];
}

/** The terms of a cart that has no address. */
export const NO_TERMS: CartTerms = { taxBasisPoints: 0, shippingRates: [] };

/** Computes every amount of a cart. A chosen shipping method that is no longer offered is ignored. */
export function priceCart(cart: Cart, { taxBasisPoints, shippingRates }: CartTerms): PricedCart {
  const { currency, shippingMethodId } = cart;
  const discount = zero(currency); // no promotion applies to a cart yet
  const totals = cart.lines.map((line) => lineTotal(line.unitPrice, line.quantity, currency));
  const subtotal = sum(totals, currency);
  const lines = pricedLines(cart, totals, discount, taxBasisPoints);
  const offeredShippingMethods = offersFor(shippingRates, subtotal);
  const shippingMethod = offeredShippingMethods.find(({ id }) => id === shippingMethodId) ?? null;
  const shipping = shippingMethod?.price ?? zero(currency);
  const shippingTax = taxWithin(shipping, taxBasisPoints);
  const tax = sum([...lines.map((line) => line.tax), shippingTax], currency);
  const total = add(subtract(subtotal, discount), shipping);
  return {
    cart,
    lines,
    totals: { subtotal, discount, shipping, tax, total },
    taxBasisPoints,
    offeredShippingMethods,
    shippingMethod,
    shippingTax,
  };
}

/** The stored form of a cart after a change: a shipping method that the change made unavailable is removed. */
export function settleCart(cart: Cart, terms: CartTerms): PricedCart {
  const priced = priceCart(cart, terms);
  const isLost = cart.shippingMethodId !== null && priced.shippingMethod === null;
  return isLost ? { ...priced, cart: { ...cart, shippingMethodId: null } } : priced;
}

/** A price that differs from the price that the buyer has seen. */
export interface PriceChange {
  readonly variantId: string;
  readonly sku: string;
  /** The current price of one unit. */
  readonly unitPrice: string;
}

/** The differences between current prices and the prices in the cart. */
export function priceChanges(cart: Cart, today: readonly VariantSnapshot[]): PriceChange[] {
  const shown = new Map(cart.lines.map((line) => [line.variantId, line.unitPrice]));
  return today
    .filter(({ variantId, unitPrice }) => shown.has(variantId) && shown.get(variantId) !== unitPrice)
    .map(({ variantId, sku, unitPrice }) => ({ variantId, sku, unitPrice }));
}

function pricedLines(cart: Cart, totals: readonly Money[], discount: Money, taxBasisPoints: number): PricedCartLine[] {
  const none = zero(cart.currency);
  const discounts = allocate(
    discount,
    totals.map((total) => total.amountMinor),
  );
  return cart.lines.map(({ id, ...line }, index) => {
    const total = totals[index] ?? none;
    const lineDiscount = discounts[index] ?? none;
    // The tax is computed per line, so that the taxes of an invoice's lines add up to the tax of the invoice.
    const tax = taxWithin(subtract(total, lineDiscount), taxBasisPoints);
    return { ...line, lineId: id, total, discount: lineDiscount, tax };
  });
}
