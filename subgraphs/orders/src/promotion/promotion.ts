import type { CurrencyCode, DecimalString } from '@souk/kit/domain';

/** An amount in minor units of one currency. */
export interface CurrencyAmount {
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
}

/** A unit price in one currency, tax included: up to six decimal places. */
export interface CurrencyPrice {
  readonly currency: CurrencyCode;
  readonly amount: DecimalString;
}

/** The effect of a promotion on the matching lines, or on the shipping. */
export type PromotionAction =
  /** Takes a share off each line. 1500 basis points are 15 %. */
  | { readonly type: 'PERCENTAGE'; readonly basisPoints: number }
  /** Takes an amount off all lines together, divided in proportion to their totals. */
  | { readonly type: 'AMOUNT'; readonly amounts: readonly CurrencyAmount[] }
  /** Sells each unit at a price. A lower regular price stays. */
  | { readonly type: 'UNIT_PRICE'; readonly prices: readonly CurrencyPrice[] }
  /** The cheapest `get` units of every `buy + get` units are free. */
  | { readonly type: 'BUY_X_GET_Y'; readonly buy: number; readonly get: number }
  /** Sets the price of every shipping method to zero. */
  | { readonly type: 'FREE_SHIPPING' }
  /** Adds units of a variant for free, while they are in stock. */
  | { readonly type: 'GIFT'; readonly variantId: string; readonly quantity: number };

export const PROMOTION_ACTION_TYPES = [
  'PERCENTAGE',
  'AMOUNT',
  'UNIT_PRICE',
  'BUY_X_GET_Y',
  'FREE_SHIPPING',
  'GIFT',
] as const;
export type PromotionActionType = (typeof PROMOTION_ACTION_TYPES)[number];

/**
 * A promotion applies to a cart that meets all conditions. It applies to the lines whose product is named, is in a named category or below
 * it, or is in a named collection. Without products, categories and collections it applies to every line. The optional members are absent
 * in promotions that an earlier version stored.
 */
export interface PromotionConditions {
  readonly productIds: readonly string[];
  /** @default none */
  readonly categoryIds?: readonly string[];
  /** @default none */
  readonly collectionIds?: readonly string[];
  /** The buyer is in one of these groups. @default every buyer */
  readonly customerGroupIds?: readonly string[];
  /** Whether the buyer must not have an earlier order. @default false */
  readonly firstOrderOnly?: boolean;
  /** The lowest number of units in these lines. */
  readonly minQuantity: number;
  /** The lowest subtotal of the cart, by currency. A promotion with subtotals does not apply to carts in another currency. */
  readonly minSubtotals: readonly CurrencyAmount[];
}

/** The settings of a promotion, checked. */
export interface PromotionSettings {
  readonly name: string;
  /** The code that a buyer enters, in capitals. Null: the promotion applies without a code. */
  readonly code: string | null;
  readonly active: boolean;
  /** The first moment at which the promotion applies. Null: no beginning. */
  readonly startsAt: Date | null;
  /** The first moment at which the promotion no longer applies. Null: no end. */
  readonly endsAt: Date | null;
  /** Promotions apply in ascending order. */
  readonly priority: number;
  /** Whether the promotion applies together with others. */
  readonly combinable: boolean;
  readonly conditions: PromotionConditions;
  readonly action: PromotionAction;
  /** The highest number of orders that use the promotion. Null: no limit. */
  readonly usageLimit: number | null;
  /** The highest number of orders with the same e-mail address. Null: no limit. */
  readonly usageLimitPerBuyer: number | null;
}

/** A stored promotion. */
export interface StoredPromotion extends PromotionSettings {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  /** Id of a user. Null: the platform. */
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  /** The number of orders that use the promotion. Null: not counted, because the promotion has no limit. */
  readonly uses: number | null;
}

/** Why a promotion of the shop cannot apply at this moment, whatever is in the cart. */
export type PromotionObstacle =
  | 'INACTIVE'
  | 'NOT_STARTED'
  | 'ENDED'
  | 'USED_UP'
  | 'OTHER_GROUP'
  | 'NOT_FIRST_ORDER'
  | 'USED_BY_BUYER';

/** A promotion that may apply to a cart. */
export interface CandidatePromotion extends Pick<
  PromotionSettings,
  'name' | 'code' | 'priority' | 'combinable' | 'conditions' | 'action'
> {
  readonly id: string;
  readonly obstacle: PromotionObstacle | null;
}

/** The outcomes of a promotion or a discount code in a cart: APPLIED, or the reason why the promotion does not apply. */
export const DISCOUNT_CODE_OUTCOMES = [
  'APPLIED',
  'UNKNOWN',
  'INACTIVE',
  'NOT_STARTED',
  'ENDED',
  'USED_UP',
  'OTHER_GROUP',
  'NOT_FIRST_ORDER',
  'USED_BY_BUYER',
  'NO_MATCHING_PRODUCT',
  'TOO_FEW_UNITS',
  'SUBTOTAL_TOO_LOW',
  'OTHER_CURRENCY',
  'NOT_COMBINABLE',
  'GIFT_SOLD_OUT',
  'NO_EFFECT',
] as const;
export type DiscountCodeOutcome = (typeof DISCOUNT_CODE_OUTCOMES)[number];
/** The outcomes of a promotion, which is known by its id. */
export type PromotionOutcome = Exclude<DiscountCodeOutcome, 'UNKNOWN'>;
