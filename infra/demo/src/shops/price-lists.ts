import { basisPoints, decimalAmount, moneyFromDecimal } from '@souk/kit/domain';
import type { DemoChannelPriceList, DemoCurrency, DemoPriceList, DemoProduct } from './demo.types.ts';

const CURRENCIES: readonly DemoCurrency[] = ['EUR', 'USD'];

/** A sale of planters for all buyers: 20 % off, with the earlier price as the compare-at price. */
export function demoPriceLists(products: readonly DemoProduct[]): readonly DemoPriceList[] {
  const planters = products.filter(({ categorySlug }) => categorySlug === 'planters');
  return CURRENCIES.map((currency) => ({
    code: `planters-${currency.toLowerCase()}`,
    name: 'Planters: a fifth off',
    currency,
    prices: variantsOf(planters).map(({ sku, prices }) => ({
      sku,
      fromQuantity: 1,
      unitPrice: shareOf(prices[currency], currency, 8000),
      compareAtPrice: prices[currency],
    })),
  }));
}

/** The prices of planters on the marketplace: a tenth more, for its fees. The sale of planters does not apply there. */
export function demoChannelPriceLists(products: readonly DemoProduct[]): readonly DemoChannelPriceList[] {
  const planters = products.filter(({ categorySlug }) => categorySlug === 'planters');
  return CURRENCIES.map((currency) => ({
    channelCode: 'marketplace',
    code: `marketplace-${currency.toLowerCase()}`,
    name: 'Marketplace: fees included',
    currency,
    prices: variantsOf(planters).map(({ sku, prices }) => ({
      sku,
      fromQuantity: 1,
      unitPrice: shareOf(prices[currency], currency, 11_000),
    })),
  }));
}

/** Quantity prices for all buyers: 5 % off for 10 units or more, 12 % off for 50 units or more. */
export function acmePriceLists(products: readonly DemoProduct[]): readonly DemoPriceList[] {
  return CURRENCIES.map((currency) => ({
    code: `quantities-${currency.toLowerCase()}`,
    name: 'Prices by quantity',
    currency,
    prices: variantsOf(products).flatMap(({ sku, prices }) => [
      { sku, fromQuantity: 10, unitPrice: shareOf(prices[currency], currency, 9500) },
      { sku, fromQuantity: 50, unitPrice: shareOf(prices[currency], currency, 8800) },
    ]),
  }));
}

/**
 * Net prices for a company: three quarters of the prices for everyone. This price list takes precedence over the
 * quantity prices.
 */
export function acmeCompanyPriceLists(products: readonly DemoProduct[]): readonly DemoPriceList[] {
  return CURRENCIES.map((currency) => ({
    code: `contract-${currency.toLowerCase()}`,
    name: 'Contract prices without tax',
    currency,
    priority: 10,
    pricesIncludeTax: false,
    prices: variantsOf(products).map(({ sku, prices }) => ({
      sku,
      fromQuantity: 1,
      unitPrice: shareOf(prices[currency], currency, 7500),
    })),
  }));
}

const variantsOf = (products: readonly DemoProduct[]) => products.flatMap(({ variants }) => variants);

function shareOf(amount: string, currency: DemoCurrency, share: number): string {
  return decimalAmount(basisPoints(moneyFromDecimal(amount, currency), share));
}
