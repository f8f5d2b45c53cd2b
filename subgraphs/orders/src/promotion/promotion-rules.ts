import { allocate, basisPoints, lineTotal, money, subtract, sum, zero, type Money } from '@souk/kit/domain';
import type { CandidatePromotion, DiscountCodeOutcome, PromotionAction } from './promotion.ts';

/** A cart line as far as promotions look at it. */
export interface DiscountableLine {
  readonly productId: string;
  readonly quantity: number;
  /** Price of one unit, tax included: a decimal string. */
  readonly unitPrice: string;
  readonly total: Money;
}

/** A promotion that applies to a cart. */
export interface AppliedPromotion {
  readonly promotionId: string;
  readonly name: string;
  readonly code: string | null;
  /** The discount of each line, in the order of the lines. */
  readonly lineDiscounts: readonly Money[];
  /** The sum of the line discounts. Zero for free shipping. */
  readonly amount: Money;
  readonly freeShipping: boolean;
}

/** A code of a cart and what happened to the code. */
export interface DiscountCodeResult {
  readonly code: string;
  readonly outcome: DiscountCodeOutcome;
}

/** The promotions of a cart. */
export interface CartPromotions {
  readonly applied: readonly AppliedPromotion[];
  readonly codes: readonly DiscountCodeResult[];
  /** The discount of each line, in the order of the lines. */
  readonly lineDiscounts: readonly Money[];
  readonly freeShipping: boolean;
}

/** The cart that promotions apply to. */
export interface DiscountableCart {
  readonly currency: string;
  readonly lines: readonly DiscountableLine[];
  /** Canonical codes that the buyer entered. */
  readonly discountCodes: readonly string[];
}

type Outcome = AppliedPromotion | Exclude<DiscountCodeOutcome, 'APPLIED' | 'UNKNOWN'>;

/**
 * Applies promotions one after the other, each to the amounts that the earlier ones left. A promotion that is not
 * combinable applies only when no earlier one did, and then keeps all later ones out.
 * @param candidates in the order in which they apply
 */
export function applyPromotions(cart: DiscountableCart, candidates: readonly CandidatePromotion[]): CartPromotions {
  const applied: AppliedPromotion[] = [];
  const outcomes = new Map<string, DiscountCodeOutcome>();
  let left = cart.lines.map((line) => line.total);
  let isClosed = false;
  for (const promotion of candidates) {
    const isBlocked = isClosed || (!promotion.combinable && applied.length > 0);
    const outcome = isBlocked ? 'NOT_COMBINABLE' : outcomeOf(promotion, cart, left);
    const isApplied = typeof outcome !== 'string';
    if (promotion.code !== null) outcomes.set(promotion.code, isApplied ? 'APPLIED' : outcome);
    if (!isApplied) continue;
    applied.push(outcome);
    left = left.map((total, index) => subtract(total, outcome.lineDiscounts[index] ?? zero(cart.currency)));
    isClosed ||= !promotion.combinable;
  }
  return {
    applied,
    codes: cart.discountCodes.map((code) => ({ code, outcome: outcomes.get(code) ?? 'UNKNOWN' })),
    lineDiscounts: cart.lines.map((line, index) => subtract(line.total, left[index] ?? line.total)),
    freeShipping: applied.some((each) => each.freeShipping),
  };
}

function outcomeOf(promotion: CandidatePromotion, cart: DiscountableCart, left: readonly Money[]): Outcome {
  if (promotion.obstacle) return promotion.obstacle;
  const { currency, lines } = cart;
  const { productIds, minQuantity, minSubtotals } = promotion.conditions;
  const products = new Set(productIds);
  const matching = lines.map((line) => products.size === 0 || products.has(line.productId));
  if (!matching.includes(true)) return 'NO_MATCHING_PRODUCT';
  const units = lines.reduce((count, line, index) => count + (matching[index] ? line.quantity : 0), 0);
  if (units < minQuantity) return 'TOO_FEW_UNITS';
  const minimum = minSubtotals.find((each) => each.currency === currency);
  if (minSubtotals.length > 0 && !minimum) return 'OTHER_CURRENCY';
  const subtotal = sum(
    lines.map((line) => line.total),
    currency,
  );
  if (minimum && subtotal.amountMinor < minimum.amountMinor) return 'SUBTOTAL_TOO_LOW';
  return effectOf(promotion, cart, { left, matching });
}

interface MatchedLines {
  readonly left: readonly Money[];
  readonly matching: readonly boolean[];
}

function effectOf(promotion: CandidatePromotion, cart: DiscountableCart, matched: MatchedLines): Outcome {
  const { id: promotionId, name, code, action } = promotion;
  const { currency } = cart;
  const none = cart.lines.map(() => zero(currency));
  if (action.type === 'FREE_SHIPPING')
    return { promotionId, name, code, lineDiscounts: none, amount: zero(currency), freeShipping: true };
  const lineDiscounts = discountsOf(action, cart, matched);
  if (!lineDiscounts) return 'OTHER_CURRENCY';
  const amount = sum(lineDiscounts, currency);
  if (amount.amountMinor === 0) return 'NO_EFFECT';
  return { promotionId, name, code, lineDiscounts, amount, freeShipping: false };
}

type LineAction = Exclude<PromotionAction, { type: 'FREE_SHIPPING' }>;

/** The discount of each line, at most the amount that is left. Null: the action has no amount in the cart's currency. */
function discountsOf(action: LineAction, cart: DiscountableCart, { left, matching }: MatchedLines): Money[] | null {
  const { currency, lines } = cart;
  const none = zero(currency);
  const leftOf = (index: number) => (matching[index] ? (left[index] ?? none) : none);
  switch (action.type) {
    case 'PERCENTAGE':
      return lines.map((_, index) => basisPoints(leftOf(index), action.basisPoints));
    case 'AMOUNT': {
      const off = action.amounts.find((each) => each.currency === currency);
      if (!off) return null;
      const weights = lines.map((_, index) => leftOf(index).amountMinor);
      const most = weights.reduce((total, weight) => total + weight, 0);
      return most === 0 ? lines.map(() => none) : allocate(money(Math.min(off.amountMinor, most), currency), weights);
    }
    case 'UNIT_PRICE': {
      const price = action.prices.find((each) => each.currency === currency);
      if (!price) return null;
      return lines.map((line, index) => {
        const target = lineTotal(price.amount, line.quantity, currency);
        return money(Math.max(0, leftOf(index).amountMinor - target.amountMinor), currency);
      });
    }
    case 'BUY_X_GET_Y':
      return freeUnitDiscounts(action, cart, { left, matching });
  }
}

/** The cheapest units are free. Equal prices: the units of the later line. */
function freeUnitDiscounts(
  { buy, get }: { readonly buy: number; readonly get: number },
  { currency, lines }: DiscountableCart,
  { left, matching }: MatchedLines,
): Money[] {
  const units = lines.reduce((count, line, index) => count + (matching[index] ? line.quantity : 0), 0);
  let free = Math.floor(units / (buy + get)) * get;
  const none = zero(currency);
  const discounts = lines.map(() => none);
  const cheapestFirst = lines
    .map((line, index) => ({ line, index }))
    .filter(({ index }) => matching[index])
    .toSorted((a, b) => Number(a.line.unitPrice) - Number(b.line.unitPrice) || b.index - a.index);
  for (const { line, index } of cheapestFirst) {
    const taken = Math.min(free, line.quantity);
    free -= taken;
    const share = lineTotal(line.unitPrice, taken, currency).amountMinor;
    discounts[index] = money(Math.min(share, left[index]?.amountMinor ?? 0), currency);
  }
  return discounts;
}

/** The part of each promotion in one line, without promotions that leave the line as it is. */
export function discountsOfLine(
  { applied }: Pick<CartPromotions, 'applied'>,
  index: number,
): (Pick<AppliedPromotion, 'name' | 'code'> & { readonly amount: Money })[] {
  return applied.flatMap(({ name, code, lineDiscounts }) => {
    const amount = lineDiscounts[index];
    return amount && amount.amountMinor > 0 ? [{ name, code, amount }] : [];
  });
}
