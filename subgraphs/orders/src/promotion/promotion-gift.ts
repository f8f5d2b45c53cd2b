import { lineTotal, zero } from '@souk/kit/domain';
import type { AppliedPromotion, DiscountableCart } from './promotion-rules.ts';
import type { CandidatePromotion, PromotionAction } from './promotion.ts';

type GiftAction = Extract<PromotionAction, { type: 'GIFT' }>;

/**
 * The gift of a promotion, or the reason why there is none. Another promotion of the cart may already give units of the same variant.
 */
export function giftOf(
  { id: promotionId, name, code }: CandidatePromotion,
  { variantId, quantity }: GiftAction,
  { currency, lines, gifts }: DiscountableCart,
  applied: readonly AppliedPromotion[],
): AppliedPromotion | 'GIFT_SOLD_OUT' {
  const offer = gifts.find((each) => each.promotionId === promotionId && each.variantId === variantId);
  const given = applied.reduce((units, { gift }) => units + (gift?.variantId === variantId ? gift.quantity : 0), 0);
  if (!offer || offer.available - given < quantity) return 'GIFT_SOLD_OUT';
  return {
    promotionId,
    name,
    code,
    lineDiscounts: lines.map(() => zero(currency)),
    amount: lineTotal(offer.unitPrice, quantity, currency),
    freeShipping: false,
    gift: { variantId, quantity },
  };
}
