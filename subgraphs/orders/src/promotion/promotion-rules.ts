import { allocate, basisPoints, lineTotal, money, subtract, sum, zero, type Money } from '@souk/kit/domain';
import { giftOf } from './promotion-gift.ts';
import type {
  CandidatePromotion,
  DiscountCodeOutcome,
  PromotionAction,
  PromotionConditions,
  PromotionOutcome,
} from './promotion.ts';

/** The members of a cart line that promotions depend on. */
export interface DiscountableLine {
  readonly productId: string;
  /** The ids of the product's categories, of their parent categories, and of its collections. */
  readonly listIds: readonly string[];
  readonly quantity: number;
  /** The price of one unit including tax, as a decimal string. */
  readonly unitPrice: string;
  readonly total: Money;
}

/** A variant that a promotion may add to the cart for free. */
export interface AvailableGift {
  readonly promotionId: string;
  readonly variantId: string;
  /** The regular price of one unit including tax, as a decimal string. */
  readonly unitPrice: string;
  /** The units that can be sold now, minus the units in the lines of the cart. */
  readonly available: number;
}

/** The units that a promotion adds to the cart for free. */
export interface GivenGift {
  readonly variantId: string;
  readonly quantity: number;
}

/** The effect of a promotion that applies to a cart. */
export interface AppliedPromotion {
  readonly promotionId: string;
  readonly name: string;
  readonly code: string | null;
  /** The discount of each line, in the order of the lines. */
  readonly lineDiscounts: readonly Money[];
  /** The sum of the line discounts. Zero for free shipping. The regular price for a gift. */
  readonly amount: Money;
  readonly freeShipping: boolean;
  readonly gift: GivenGift | null;
}

/** The outcome of a promotion for a cart: applied, or why not. */
export interface PromotionResult {
  readonly promotionId: string;
  readonly outcome: PromotionOutcome;
}

/** The outcome of a discount code for a cart: applied, or why not. */
export interface DiscountCodeResult {
  readonly code: string;
  readonly outcome: DiscountCodeOutcome;
}

/** The promotions that apply to a cart, and the outcomes of all others. */
export interface CartPromotions {
  readonly applied: readonly AppliedPromotion[];
  readonly codes: readonly DiscountCodeResult[];
  /** One outcome for each candidate, in the order in which promotions apply. */
  readonly outcomes: readonly PromotionResult[];
  /** The discount of each line, in the order of the lines. */
  readonly lineDiscounts: readonly Money[];
  readonly freeShipping: boolean;
}

/** The members of a cart that promotions depend on. */
export interface DiscountableCart {
  readonly currency: string;
  readonly lines: readonly DiscountableLine[];
  readonly gifts: readonly AvailableGift[];
  /** The discount codes that the buyer entered, in canonical form. */
  readonly discountCodes: readonly string[];
}

type Outcome = AppliedPromotion | Exclude<PromotionOutcome, 'APPLIED'>;

/**
 * Applies promotions one after the other. Each promotion applies to the amounts after the discounts of earlier promotions. A promotion that
 * is not combinable applies only if no earlier promotion applied. Later promotions then do not apply.
 * @param candidates in the order in which they apply
 */
export function applyPromotions(cart: DiscountableCart, candidates: readonly CandidatePromotion[]): CartPromotions {
  const applied: AppliedPromotion[] = [];
  const outcomes: PromotionResult[] = [];
  const byCode = new Map<string, DiscountCodeOutcome>();
  let left = cart.lines.map((line) => line.total);
  let isClosed = false;
  for (const promotion of candidates) {
    const isBlocked = isClosed || (!promotion.combinable && applied.length > 0);
    const outcome = isBlocked ? 'NOT_COMBINABLE' : outcomeOf(promotion, cart, { left, applied });
    const isApplied = typeof outcome !== 'string';
    const name = isApplied ? 'APPLIED' : outcome;
    outcomes.push({ promotionId: promotion.id, outcome: name });
    if (promotion.code !== null) byCode.set(promotion.code, name);
    if (!isApplied) continue;
    applied.push(outcome);
    left = left.map((total, index) => subtract(total, outcome.lineDiscounts[index] ?? zero(cart.currency)));
    isClosed ||= !promotion.combinable;
  }
  return {
    applied,
    codes: cart.discountCodes.map((code) => ({ code, outcome: byCode.get(code) ?? 'UNKNOWN' })),
    outcomes,
    lineDiscounts: cart.lines.map((line, index) => subtract(line.total, left[index] ?? line.total)),
    freeShipping: applied.some((each) => each.freeShipping),
  };
}

interface AppliedSoFar {
  /** The amount of each line after the discounts so far. */
  readonly left: readonly Money[];
  readonly applied: readonly AppliedPromotion[];
}

function outcomeOf(promotion: CandidatePromotion, cart: DiscountableCart, soFar: AppliedSoFar): Outcome {
  if (promotion.obstacle) return promotion.obstacle;
  const { currency, lines } = cart;
  const { minQuantity, minSubtotals } = promotion.conditions;
  const matching = matchingLines(promotion.conditions, lines);
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
  const { action } = promotion;
  if (action.type === 'GIFT') return giftOf(promotion, action, cart, soFar.applied);
  return effectOf({ ...promotion, action }, cart, { left: soFar.left, matching });
}

function matchingLines(
  { productIds, categoryIds = [], collectionIds = [] }: PromotionConditions,
  lines: readonly DiscountableLine[],
): boolean[] {
  const products = new Set(productIds);
  const lists = new Set([...categoryIds, ...collectionIds]);
  const isForAll = products.size + lists.size === 0;
  return lines.map(
    ({ productId, listIds }) => isForAll || products.has(productId) || listIds.some((listId) => lists.has(listId)),
  );
}

interface MatchedLines {
  readonly left: readonly Money[];
  readonly matching: readonly boolean[];
}

type LineAction = Exclude<PromotionAction, { type: 'FREE_SHIPPING' | 'GIFT' }>;
type PricePromotion = CandidatePromotion & { readonly action: Exclude<PromotionAction, { type: 'GIFT' }> };

function effectOf(promotion: PricePromotion, cart: DiscountableCart, matched: MatchedLines): Outcome {
  const { id: promotionId, name, code, action } = promotion;
  const { currency } = cart;
  const none = cart.lines.map(() => zero(currency));
  const effect = { promotionId, name, code, gift: null };
  if (action.type === 'FREE_SHIPPING')
    return { ...effect, lineDiscounts: none, amount: zero(currency), freeShipping: true };
  const lineDiscounts = discountsOf(action, cart, matched);
  if (!lineDiscounts) return 'OTHER_CURRENCY';
  const amount = sum(lineDiscounts, currency);
  if (amount.amountMinor === 0) return 'NO_EFFECT';
  return { ...effect, lineDiscounts, amount, freeShipping: false };
}

/** The discount of each line, at most the remaining amount of the line. Null when the action has no amount in the cart's currency. */
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

/** The cheapest units are free. Among units of equal price, the units of the later line are free. */
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

/** The discount that one promotion contributes to one line. */
export type LineDiscount = Pick<AppliedPromotion, 'name' | 'code' | 'amount'>;

/** The discounts of one line by promotion. Promotions that do not reduce the line are omitted. */
export function discountsOfLine({ applied }: Pick<CartPromotions, 'applied'>, index: number): LineDiscount[] {
  return applied.flatMap(({ name, code, lineDiscounts }) => {
    const amount = lineDiscounts[index];
    return amount && amount.amountMinor > 0 ? [{ name, code, amount }] : [];
  });
}
