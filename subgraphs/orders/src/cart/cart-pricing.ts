import { add, lineTotal, subtract, sum, zero, type Money } from '@souk/kit/domain';
import { applyPromotions, discountsOfLine, type CartPromotions } from '../promotion/promotion-rules.ts';
import type { CandidatePromotion } from '../promotion/promotion.ts';
import { offersFor, type ShippingRate } from '../shipping-method/shipping-method.ts';
import { taxWithin } from '../tax/tax.ts';
import type { Cart, PricedCart, PricedCartLine, VariantSnapshot } from './cart.ts';

/** The terms that decide the amounts of a cart besides its lines. Tax and shipping depend on the destination country. */
export interface CartTerms {
  /** In the order in which they apply. */
  readonly promotions: readonly CandidatePromotion[];
  readonly taxBasisPoints: number;
  readonly shippingRates: readonly ShippingRate[];
}

/** The terms of a cart without an address and without promotions. */
export const NO_TERMS: CartTerms = { promotions: [], taxBasisPoints: 0, shippingRates: [] };

/** Computes every amount of a cart. A chosen shipping method that is no longer offered is ignored. */
export function priceCart(
  cart: Cart,
  { promotions: candidates, taxBasisPoints, shippingRates }: CartTerms,
): PricedCart {
  const { currency, shippingMethodId } = cart;
  const totals = cart.lines.map((line) => lineTotal(line.unitPrice, line.quantity, currency));
  const promotions = promotionsOf(cart, totals, candidates);
  const lines = [...pricedLines(cart, totals, promotions, taxBasisPoints), ...giftLines(cart, promotions)];
  const [subtotal, discount] = [sumOf(lines, 'total', currency), sumOf(lines, 'discount', currency)];
  // A gift earns no free shipping.
  const regularOffers = offersFor(shippingRates, sum(totals, currency));
  const offeredShippingMethods = promotions.freeShipping
    ? regularOffers.map((offer) => ({ ...offer, price: zero(currency) }))
    : regularOffers;
  const shippingMethod = offeredShippingMethods.find(({ id }) => id === shippingMethodId) ?? null;
  const shipping = shippingMethod?.price ?? zero(currency);
  const regularShipping = regularOffers.find(({ id }) => id === shippingMethodId)?.price ?? zero(currency);
  const shippingTax = taxWithin(shipping, taxBasisPoints);
  const tax = sum([...lines.map((line) => line.tax), shippingTax], currency);
  const total = add(subtract(subtotal, discount), shipping);
  return {
    cart,
    lines,
    totals: { subtotal, discount, shipping, tax, total },
    taxBasisPoints,
    offeredShippingMethods,
    promotions,
    savings: add(discount, subtract(regularShipping, shipping)),
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

function sumOf(lines: readonly PricedCartLine[], amount: 'total' | 'discount', currency: string): Money {
  return sum(
    lines.map((line) => line[amount]),
    currency,
  );
}

function promotionsOf(
  { currency, lines, gifts, discountCodes }: Cart,
  totals: readonly Money[],
  candidates: readonly CandidatePromotion[],
): CartPromotions {
  const discountable = lines.map(({ productId, listIds, quantity, unitPrice }, index) => ({
    productId,
    listIds,
    quantity,
    unitPrice,
    total: totals[index] ?? zero(currency),
  }));
  const units = new Map(lines.map(({ variantId, quantity }) => [variantId, quantity]));
  const free = gifts.map((gift) => ({ ...gift, available: gift.available - (units.get(gift.variantId) ?? 0) }));
  return applyPromotions({ currency, lines: discountable, gifts: free, discountCodes }, candidates);
}

/** The lines that promotions add. A gift is discounted by its whole price, so it costs nothing and contains no tax. */
function giftLines({ gifts, currency }: Cart, { applied }: CartPromotions): PricedCartLine[] {
  return applied.flatMap(({ promotionId, name, code, gift, amount }) => {
    const offer = gift && gifts.find((each) => each.promotionId === promotionId);
    if (!offer) return [];
    const { id, promotionId: _promotionId, available: _available, ...snapshot } = offer;
    const paid = { total: amount, discount: amount, tax: zero(currency), discounts: [{ name, code, amount }] };
    return [{ ...snapshot, ...paid, lineId: id, quantity: gift.quantity, isGift: true }];
  });
}

function pricedLines(
  cart: Cart,
  totals: readonly Money[],
  promotions: CartPromotions,
  taxBasisPoints: number,
): PricedCartLine[] {
  const none = zero(cart.currency);
  return cart.lines.map(({ id, ...line }, index) => {
    const total = totals[index] ?? none;
    const lineDiscount = promotions.lineDiscounts[index] ?? none;
    // The tax is computed per line, so the lines of an invoice add up to its tax.
    const tax = taxWithin(subtract(total, lineDiscount), taxBasisPoints);
    const discounts = discountsOfLine(promotions, index);
    return { ...line, lineId: id, total, discount: lineDiscount, discounts, isGift: false, tax };
  });
}
