import { money } from '@souk/kit/domain';
import { presentConnection, presentMoney, type Connection } from '@souk/kit/graphql';
import type { KeysetPage } from '@souk/kit/persistence';
import type { LoadedProduct } from './loaded-product.repository.ts';
import type { PriceRangeType, ProductType } from './product.types.ts';

/**
 * The object from which the fields of Product are resolved. A type instead of a class, because type-graphql would copy the object into a
 * new instance of the class.
 */
export type PresentedProduct = ProductType;

/** A page of products. `countAll` computes `totalCount` only when the client selects it. */
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

/**
 * The price range in a currency.
 * @param currencyCode @default the shop's currency.
 * @returns null when no variant has a price in the currency
 */
export function presentPriceRange(
  { loaded: { row } }: PresentedProduct,
  currencyCode?: string | null,
): PriceRangeType | null {
  const currency = currencyCode ?? row.defaultCurrency;
  const range = row.priceRanges?.[currency];
  return range ? { min: presentMoney(money(range[0], currency)), max: presentMoney(money(range[1], currency)) } : null;
}
