import type { DiscountCodeOutcome } from '@souk/sdk';
import type { MessageKey } from '../i18n/en.ts';

/** The message for each result of a discount code. */
const TEXTS: Readonly<Record<DiscountCodeOutcome, MessageKey>> = {
  APPLIED: 'discount.applied',
  UNKNOWN: 'discount.unknown',
  INACTIVE: 'discount.notNow',
  NOT_STARTED: 'discount.notNow',
  ENDED: 'discount.notNow',
  OTHER_GROUP: 'discount.otherCustomers',
  OTHER_CHANNEL: 'discount.otherChannel',
  NOT_FIRST_ORDER: 'discount.otherCustomers',
  USED_UP: 'discount.used',
  USED_BY_BUYER: 'discount.used',
  NO_MATCHING_PRODUCT: 'discount.notFitting',
  TOO_FEW_UNITS: 'discount.notFitting',
  SUBTOTAL_TOO_LOW: 'discount.notFitting',
  OTHER_CURRENCY: 'discount.notFitting',
  GIFT_SOLD_OUT: 'discount.giftSoldOut',
  NO_EFFECT: 'discount.notFitting',
  NOT_COMBINABLE: 'discount.alone',
};

/** Returns the message for the result of a discount code. It says that the code applies, or why it does not apply. */
export function outcomeText(outcome: DiscountCodeOutcome): MessageKey {
  return TEXTS[outcome];
}
