import { lineTotal, zero } from '@souk/kit/domain';
import type { AppliedPromotion, DiscountableCart } from './promotion-rules.ts';
import type { CandidatePromotion, PromotionAction } from './promotion.ts';

type GiftAction = Extract<PromotionAction, { type: 'GIFT' }>;

/**
 * The gift that a promotion adds to a cart, or the reason why the promotion cannot add it. Units of the same variant that other promotions
 * add are subtracted from the stock.
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
