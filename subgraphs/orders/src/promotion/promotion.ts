import type { CurrencyCode, DecimalString } from '@souk/kit/domain';

/** An amount in minor units of one currency. */
export interface CurrencyAmount {
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
}

/** The price of one unit in one currency, including tax, with up to six decimal places. */
export interface CurrencyPrice {
  readonly currency: CurrencyCode;
  readonly amount: DecimalString;
}

/** The effect of a promotion on the matching lines or on the shipping. */
export type PromotionAction =
  /** Reduces each line by a percentage. 1500 basis points are 15 %. */
  | { readonly type: 'PERCENTAGE'; readonly basisPoints: number }
  /** Reduces the sum of all matching lines by an amount. The reduction is split in proportion to the lines' totals. */
  | { readonly type: 'AMOUNT'; readonly amounts: readonly CurrencyAmount[] }
  /** Sets the price of each unit. A lower regular price is kept. */
  | { readonly type: 'UNIT_PRICE'; readonly prices: readonly CurrencyPrice[] }
  /** The cheapest `get` units of every `buy + get` units are free. */
  | { readonly type: 'BUY_X_GET_Y'; readonly buy: number; readonly get: number }
  /** Sets the shipping price to zero for every method. */
  | { readonly type: 'FREE_SHIPPING' }
  /** Adds units of a variant for free, while the variant is in stock. */
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
 * The conditions of a promotion, which a cart must all meet. The promotion applies to lines whose product is in `productIds`, in one of the
 * categories or their subcategories, or in one of the collections. When all three are empty, it applies to every line. The optional fields
 * are absent in promotions that an earlier version stored.
 */
export interface PromotionConditions {
  readonly productIds: readonly string[];
  /** @default none */
  readonly categoryIds?: readonly string[];
  /** @default none */
  readonly collectionIds?: readonly string[];
  /** The buyer must belong to one of these groups. @default every buyer */
  readonly customerGroupIds?: readonly string[];
  /** The cart must be of one of these sales channels. @default every channel */
  readonly channelIds?: readonly string[];
  /** Whether the promotion applies only to buyers without an earlier order. @default false */
  readonly firstOrderOnly?: boolean;
  /** The minimum number of units in the matching lines. */
  readonly minQuantity: number;
  /** The minimum subtotal of the cart, by currency. If there are minimums, the promotion does not apply to carts in other currencies. */
  readonly minSubtotals: readonly CurrencyAmount[];
}

/** The validated settings of a promotion. */
export interface PromotionSettings {
  readonly name: string;
  /** The discount code that buyers enter, in upper case. Null when the promotion applies without a code. */
  readonly code: string | null;
  readonly active: boolean;
  /** The time from which the promotion applies. Null when it has no start. */
  readonly startsAt: Date | null;
  /** The time from which the promotion no longer applies. Null when it has no end. */
  readonly endsAt: Date | null;
  /** Promotions with a lower priority number apply first. */
  readonly priority: number;
  /** Whether other promotions may apply to the same cart. */
  readonly combinable: boolean;
  readonly conditions: PromotionConditions;
  readonly action: PromotionAction;
  /** The maximum number of orders that use the promotion. Null when unlimited. */
  readonly usageLimit: number | null;
  /** The maximum number of orders with the same e-mail address. Null when unlimited. */
  readonly usageLimitPerBuyer: number | null;
}

/** Promotion settings with the columns that the database assigns. */
export interface StoredPromotion extends PromotionSettings {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  /** Id of a user. Null when the platform created the promotion. */
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  /** The number of orders that used the promotion. Null when the promotion has no limit, because uses are counted only for limits. */
  readonly uses: number | null;
}

/** Why a promotion cannot apply at this time or for this buyer, whatever the cart contains. */
export type PromotionObstacle =
  | 'INACTIVE'
  | 'NOT_STARTED'
  | 'ENDED'
  | 'USED_UP'
  | 'OTHER_GROUP'
  | 'OTHER_CHANNEL'
  | 'NOT_FIRST_ORDER'
  | 'USED_BY_BUYER';

/** A promotion that may apply to a cart, with the obstacle if there is one. */
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
  'OTHER_CHANNEL',
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
/** The outcomes of a promotion. UNKNOWN is only an outcome of codes. */
export type PromotionOutcome = Exclude<DiscountCodeOutcome, 'UNKNOWN'>;
