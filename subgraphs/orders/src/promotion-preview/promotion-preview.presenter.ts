import { zero } from '@souk/kit/domain';
import { presentMoney } from '@souk/kit/graphql';
import { presentCart } from '../cart/cart.presenter.ts';
import { outcomeMessage } from '../promotion/promotion.presenter.ts';
import type { PreviewedCart } from './promotion-preview.service.ts';
import type { PreviewedPromotionType, PromotionPreviewType } from './promotion-preview.types.ts';

export function presentPreview({ priced, candidates, previewed }: PreviewedCart): PromotionPreviewType {
  const { currencyCode, lines, totals, discountCodes } = presentCart(priced);
  const { applied, outcomes } = priced.promotions;
  const promotions = outcomes.flatMap(({ promotionId, outcome }): PreviewedPromotionType[] => {
    const promotion = candidates.find(({ id }) => id === promotionId);
    if (!promotion) return [];
    const { name, code } = promotion;
    const amount = applied.find((each) => each.promotionId === promotionId)?.amount ?? zero(priced.cart.currency);
    const isPreviewed = previewed?.id === promotionId;
    return [
      {
        promotionId: isPreviewed && previewed.isNew ? null : promotionId,
        name,
        code,
        isPreviewed,
        applied: outcome === 'APPLIED',
        outcome,
        message: outcomeMessage(code ?? name, outcome),
        amount: presentMoney(amount),
      },
    ];
  });
  return { currencyCode, lines, totals, discountCodes, promotions };
}
