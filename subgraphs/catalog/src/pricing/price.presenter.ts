import type { CurrencyCode } from '@souk/kit/domain';
import { presentMoney, type MoneyType } from '@souk/kit/graphql';
import { measurePrice, type Content } from './content.ts';
import type { PriceOffer, PriceStep } from './price-selection.ts';
import { shownAmount } from './price.ts';
import type { PriceTierType, UnitPriceType } from './price.types.ts';

/** The prices in one currency. The order of the offers is kept. */
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
    includesTax: offer.includesTax,
  }));
}

export function presentUnitPrice(content: Content, { unitPrice, currency }: PriceOffer): UnitPriceType {
  const { price, unit } = measurePrice(content, unitPrice, currency);
  return { price: presentMoney(price), measure: '1', unit };
}
