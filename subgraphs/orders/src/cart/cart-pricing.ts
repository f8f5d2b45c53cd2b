import { add, lineTotal, subtract, sum, zero, type Money } from '@souk/kit/domain';
import { applyPromotions, discountsOfLine, type CartPromotions } from '../promotion/promotion-rules.ts';
import type { CandidatePromotion } from '../promotion/promotion.ts';
import { offersFor, shipmentOf, type ShippingTerms } from '../shipping-method/shipping-method.ts';
import { taxByRates, type TaxCalculation, type TaxedSale } from '../tax/tax-calculation.ts';
import type { Cart, PricedCart, PricedCartLine, VariantSnapshot } from './cart.ts';

/** The promotions, taxes and shipping rates that apply to a cart. Taxes and rates depend on the destination country. */
export interface CartTerms {
  /** The promotions, in the order in which they apply. */
  readonly promotions: readonly CandidatePromotion[];
  readonly taxes: TaxCalculation;
  readonly shippingTerms: readonly ShippingTerms[];
}

/** The terms of a cart without an address and without promotions. */
export const NO_TERMS: CartTerms = { promotions: [], taxes: taxByRates(null), shippingTerms: [] };

/** Computes every amount of a cart. Ignores a chosen shipping method that is no longer offered. */
export function priceCart(
  cart: Cart,
  { promotions: candidates, taxes: calculateTaxes, shippingTerms }: CartTerms,
): PricedCart {
  const { currency, shippingMethodId } = cart;
  const totals = cart.lines.map((line) => lineTotal(line.unitPrice, line.quantity, currency));
  const promotions = promotionsOf(cart, totals, candidates);
  const gifts = giftLines(cart, promotions);
  const subtotal = sum([...totals, ...gifts.map((gift) => gift.total)], currency);
  const discount = sum([...promotions.lineDiscounts, ...gifts.map((gift) => gift.discount)], currency);
  // Gifts are left out, because their value must not count toward free shipping.
  const regularOffers = offersFor(shippingTerms, shipmentOf(cart.lines, sum(totals, currency)));
  const offeredShippingMethods = promotions.freeShipping
    ? regularOffers.map((offer) => ({ ...offer, price: zero(currency), untilFree: null }))
    : regularOffers;
  const shippingMethod = offeredShippingMethods.find(({ id }) => id === shippingMethodId) ?? null;
  const shipping = shippingMethod?.price ?? zero(currency);
  const regularShipping = regularOffers.find(({ id }) => id === shippingMethodId)?.price ?? zero(currency);
  const amounts = totals.map((total, index) => subtract(total, promotions.lineDiscounts[index] ?? zero(currency)));
  const taxes = calculateTaxes({ currency, lines: taxableLines(cart, amounts), shipping });
  const { tax, gross } = taxes.total;
  return {
    cart,
    lines: [...pricedLines(cart, totals, promotions, taxes), ...gifts],
    totals: { subtotal, discount, shipping, tax, total: gross },
    taxes,
    taxAdjustment: subtract(gross, add(subtract(subtotal, discount), shipping)),
    offeredShippingMethods,
    promotions,
    savings: add(discount, subtract(regularShipping, shipping)),
    shippingMethod,
  };
}

/** Prices a changed cart. Removes the chosen shipping method when the change made the method unavailable. */
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

/** The variants whose current price differs from the price in the cart. */
export function priceChanges(cart: Cart, today: readonly VariantSnapshot[]): PriceChange[] {
  const shown = new Map(cart.lines.map((line) => [line.variantId, line.unitPrice]));
  return today
    .filter(({ variantId, unitPrice }) => shown.has(variantId) && shown.get(variantId) !== unitPrice)
    .map(({ variantId, sku, unitPrice }) => ({ variantId, sku, unitPrice }));
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

/** The lines of gifts. A gift is discounted by its full price, so it costs nothing and contains no tax. */
function giftLines({ gifts, currency }: Cart, { applied }: CartPromotions): PricedCartLine[] {
  return applied.flatMap(({ promotionId, name, code, gift, amount }) => {
    const offer = gift && gifts.find((each) => each.promotionId === promotionId);
    if (!offer) return [];
    const { id, promotionId: _promotionId, available: _available, ...snapshot } = offer;
    const none = zero(currency);
    const paid = {
      total: amount,
      discount: amount,
      tax: none,
      taxed: { net: none, tax: none, gross: none, taxLines: [] },
    };
    const discounts = [{ name, code, amount }];
    return [{ ...snapshot, ...paid, discounts, lineId: id, quantity: gift.quantity, isGift: true, staffPrice: null }];
  });
}

/** @param amounts the amount of each line after its discount */
function taxableLines({ lines, currency }: Cart, amounts: readonly Money[]) {
  return lines.map(({ quantity, taxCategory }, index) => {
    return { amount: amounts[index] ?? zero(currency), quantity, category: taxCategory };
  });
}

function pricedLines(
  cart: Cart,
  totals: readonly Money[],
  promotions: CartPromotions,
  taxes: TaxedSale,
): PricedCartLine[] {
  const none = zero(cart.currency);
  return cart.lines.map(({ id, ...line }, index) => {
    const total = totals[index] ?? none;
    const lineDiscount = promotions.lineDiscounts[index] ?? none;
    const taxed = taxes.lines[index] ?? { net: none, tax: none, gross: none, taxLines: [] };
    const discounts = discountsOfLine(promotions, index);
    return { ...line, lineId: id, total, discount: lineDiscount, discounts, isGift: false, tax: taxed.tax, taxed };
  });
}
