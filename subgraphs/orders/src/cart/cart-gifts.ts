import type { CatalogAnswer } from './cart-lines.ts';
import type { Cart, CartGift } from './cart.ts';

/** The highest number of promotions that may add a gift to one cart. */
export const MAX_GIFTS = 20;

/** A promotion that adds a free variant to the cart when the cart meets its conditions. */
export type PossibleGift = Pick<CartGift, 'promotionId' | 'variantId'>;

/** A gift that the catalog sells in the currency of the cart and that is in stock. */
export type GiftOffer = Omit<CartGift, 'id'>;

/** The possible gifts that are sold and in stock, with current names and prices. @param available units that can be sold, by SKU */
export function giftOffers(
  possible: readonly PossibleGift[],
  { found }: Pick<CatalogAnswer, 'found'>,
  available: ReadonlyMap<string, number>,
): GiftOffer[] {
  return possible.flatMap(({ promotionId, variantId }) => {
    const snapshot = found.get(variantId);
    const units = snapshot ? (available.get(snapshot.sku) ?? 0) : 0;
    return snapshot && units > 0 ? [{ ...snapshot, promotionId, available: units }] : [];
  });
}

/** Replaces the gifts of a cart. When a promotion already had a gift in the cart, its new gift keeps the line id. */
export function withGifts(cart: Cart, offers: readonly GiftOffer[], newId: () => string): Cart {
  const ids = new Map(cart.gifts.map(({ promotionId, id }) => [promotionId, id]));
  return { ...cart, gifts: offers.map((offer) => ({ ...offer, id: ids.get(offer.promotionId) ?? newId() })) };
}
