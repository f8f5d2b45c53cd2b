import { priceBounds, type AttributeFilter, type PriceFilter } from '../../product/product-filter.ts';
import { attributeKind, kindOf } from '../document/facet-key.ts';
import type { SearchSort, WantedPrice, WantedValues } from '../search-engine.ts';

/** The filter of a search. All conditions must hold; of the values of one condition, one suffices. */
export interface SearchFilter {
  /** Ids or slugs. Products of descendants are included. */
  readonly categories?: readonly string[] | null;
  /** Id or slug. */
  readonly collection?: string | null;
  /** Bounds of a product's lowest price. */
  readonly price?: PriceFilter | null;
  readonly attributes?: readonly AttributeFilter[] | null;
  readonly inStock?: boolean | null;
}

/** A search as a buyer asks for it. */
export interface SearchQuery {
  readonly query: string;
  readonly filter: SearchFilter;
  readonly sort: SearchSort;
  readonly first: number | null;
  readonly after: string | null;
}

/** The restrictions of a filter. @param categoryIds the ids of its categories. Unknown categories are no part of it. */
export function wantedOf(
  { categories, price, attributes, inStock }: SearchFilter,
  categoryIds: readonly string[],
): (WantedValues | WantedPrice)[] {
  return [
    ...(categories ? [valuesOf(kindOf('category'), categoryIds)] : []),
    ...(price ? [priceOf(price)] : []),
    ...(attributes ?? []).map(({ code, values }) => valuesOf(attributeKind(code), values)),
    ...(typeof inStock === 'boolean' ? [valuesOf(kindOf('stock'), [inStock ? 'in' : 'out'])] : []),
  ];
}

const valuesOf = (kind: string, values: readonly string[]): WantedValues => ({
  kind,
  values: values.map((value) => kind + value),
});

function priceOf(price: PriceFilter): WantedPrice {
  const { minMinor, maxMinor } = priceBounds(price);
  return { kind: kindOf('price'), currency: price.currency, min: minMinor, max: maxMinor };
}
