import { money } from '@souk/kit/domain';
import { presentMoney, type MoneyType } from '@souk/kit/graphql';
import type { PromotionDraft } from './promotion-settings.ts';
import type { AppliedPromotion, DiscountCodeResult } from './promotion-rules.ts';
import type { CurrencyAmount, DiscountCodeOutcome, PromotionAction, StoredPromotion } from './promotion.ts';
import type { PromotionUpdateInput } from './promotion.inputs.ts';
import type {
  CartDiscountCodeType,
  DiscountType,
  PromotionActionObjectType,
  PromotionType,
} from './promotion.types.ts';

export function presentPromotion({ conditions, action, ...promotion }: StoredPromotion): PromotionType {
  return {
    ...promotion,
    productIds: conditions.productIds,
    categoryIds: conditions.categoryIds ?? [],
    collectionIds: conditions.collectionIds ?? [],
    customerGroupIds: conditions.customerGroupIds ?? [],
    channelIds: conditions.channelIds ?? [],
    firstOrderOnly: conditions.firstOrderOnly ?? false,
    minQuantity: conditions.minQuantity,
    minSubtotals: conditions.minSubtotals.map(presentAmount),
    action: presentAction(action),
  };
}

export function presentDiscount({
  name,
  code,
  amount,
}: Pick<AppliedPromotion, 'name' | 'code' | 'amount'>): DiscountType {
  return { name, code, amount: presentMoney(amount) };
}

export function presentDiscountCode({ code, outcome }: DiscountCodeResult): CartDiscountCodeType {
  return { code, applied: outcome === 'APPLIED', outcome, message: outcomeMessage(code, outcome) };
}

/** A message for the buyer about the outcome of a code or a promotion. @param subject the code or the promotion's name */
export function outcomeMessage(subject: string, outcome: DiscountCodeOutcome): string {
  return `${subject} ${MESSAGES[outcome]}`;
}

/** The settings that the input of an update contains. */
export function changesOf(input: PromotionUpdateInput): Partial<PromotionDraft> {
  const { id: _id, expectedVersion: _version, idempotencyKey: _key, ...changes } = input;
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

const MESSAGES: Readonly<Record<DiscountCodeOutcome, string>> = {
  APPLIED: 'was applied.',
  UNKNOWN: 'is not valid any more. Remove the code.',
  INACTIVE: 'is not valid at present.',
  NOT_STARTED: 'is not valid yet.',
  ENDED: 'has expired.',
  USED_UP: 'was used by too many orders and is not valid any more.',
  OTHER_GROUP: 'is for other customers. Log in with the account that the offer is for.',
  OTHER_CHANNEL: 'is not offered in the sales channel of the cart.',
  NOT_FIRST_ORDER: 'is for the first order with an e-mail address.',
  USED_BY_BUYER: 'was already used with this e-mail address.',
  NO_MATCHING_PRODUCT: 'is for other products than those in the cart.',
  TOO_FEW_UNITS: 'needs more units. Add some.',
  SUBTOTAL_TOO_LOW: 'needs a higher subtotal. Add something to the cart.',
  OTHER_CURRENCY: "is not offered in the cart's currency.",
  NOT_COMBINABLE: 'cannot be combined with another discount of the cart.',
  GIFT_SOLD_OUT: 'has no gift left in stock.',
  NO_EFFECT: 'changes no price of the cart.',
};

function presentAction(action: PromotionAction): PromotionActionObjectType {
  const nothing = {
    type: action.type,
    percent: null,
    amounts: [],
    buy: null,
    get: null,
    variantId: null,
    quantity: null,
  };
  switch (action.type) {
    case 'PERCENTAGE':
      return { ...nothing, percent: (action.basisPoints / 100).toFixed(2) };
    case 'AMOUNT':
      return { ...nothing, amounts: action.amounts.map(presentAmount) };
    case 'UNIT_PRICE':
      return {
        ...nothing,
        amounts: action.prices.map(({ currency, amount }) => ({ amount, currencyCode: currency })),
      };
    case 'BUY_X_GET_Y':
      return { ...nothing, buy: action.buy, get: action.get };
    case 'FREE_SHIPPING':
      return nothing;
    case 'GIFT':
      return { ...nothing, variantId: action.variantId, quantity: action.quantity };
  }
}

function presentAmount({ currency, amountMinor }: CurrencyAmount): MoneyType {
  return presentMoney(money(amountMinor, currency));
}
