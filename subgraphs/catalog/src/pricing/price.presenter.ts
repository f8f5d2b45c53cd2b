import type { CurrencyCode } from '@souk/kit/domain';
import type { MoneyType } from '@souk/kit/graphql';
import type { PriceOffer, PriceStep } from './price-selection.ts';
import { shownAmount } from './price.ts';
import type { PriceTierType } from './price.types.ts';

/** The offers in one currency. */
export const inCurrency = <Offer extends PriceOffer>(offers: readonly Offer[], currency: CurrencyCode): Offer[] =>
  offers.filter((offer) => offer.currency === currency);

export function presentOfferPrice({ unitPrice, currency }: PriceOffer): MoneyType {
  return { amount: shownAmount(unitPrice, currency), currencyCode: currency };
}

export function presentComparedPrice({ compareAtPrice, currency }: PriceOffer): MoneyType | null {
  return compareAtPrice === null ? null : { amount: shownAmount(compareAtPrice, currency), currencyCode: currency };
}

export function presentTiers(steps: readonly PriceStep[]): PriceTierType[] {
  return steps.map(({ fromQuantity, offer }) => ({
    fromQuantity,
    price: presentOfferPrice(offer),
    compareAtPrice: presentComparedPrice(offer),
  }));
}
