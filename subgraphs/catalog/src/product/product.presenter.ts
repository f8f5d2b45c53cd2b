import { money } from '@souk/kit/domain';
import { presentConnection, presentMoney, type Connection } from '@souk/kit/graphql';
import type { KeysetPage } from '@souk/kit/persistence';
import type { LoadedProduct } from './loaded-product.repository.ts';
import type { PriceRangeType, ProductType } from './product.types.ts';

/**
 * The root object of Product's resolvers. It is a type alias instead of a class, so that type-graphql does not copy the object into a class
 * instance.
 */
export type PresentedProduct = ProductType;

/** A list of products, with the filter by which `totalCount` is computed. */
export interface PresentedProductList extends Connection<PresentedProduct> {
  countAll(): Promise<number>;
}

export function presentProduct(loaded: LoadedProduct): PresentedProduct {
  return { ...loaded.row, loaded };
}

export function presentProductList(
  page: KeysetPage<LoadedProduct>,
  countAll: () => Promise<number>,
): PresentedProductList {
  return { ...presentConnection(page, presentProduct), countAll };
}

/** The price range in a currency, by default in the shop's currency. Null when no variant has a price in the currency. */
export function presentPriceRange(
  { loaded: { row } }: PresentedProduct,
  currencyCode?: string | null,
): PriceRangeType | null {
  const currency = currencyCode ?? row.defaultCurrency;
  const range = row.priceRanges?.[currency];
  return range ? { min: presentMoney(money(range[0], currency)), max: presentMoney(money(range[1], currency)) } : null;
}
