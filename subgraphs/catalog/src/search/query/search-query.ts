import { priceBounds, type AttributeFilter, type PriceFilter } from '../../product/product-filter.ts';
import { attributeKind, kindOf } from '../document/facet-key.ts';
import type { SearchSort, WantedPrice, WantedValues } from '../search-engine.ts';

/** The filter of a search. A product must satisfy all conditions. A condition with several values is satisfied by any of them. */
export interface SearchFilter {
  /** The ids or slugs of categories. Products of their descendants are included. */
  readonly categories?: readonly string[] | null;
  /** The ids or slugs of brands. */
  readonly brands?: readonly string[] | null;
  readonly tags?: readonly string[] | null;
  /** The id or slug of a collection. */
  readonly collection?: string | null;
  /** The bounds for the lowest price of a product. */
  readonly price?: PriceFilter | null;
  readonly attributes?: readonly AttributeFilter[] | null;
  readonly inStock?: boolean | null;
}

/** The search of a shopper: words, filter, order and page. */
export interface SearchQuery {
  readonly query: string;
  readonly filter: SearchFilter;
  readonly sort: SearchSort;
  readonly first: number | null;
  readonly after: string | null;
}

/**
 * Converts a filter to the restrictions that the search engine applies.
 * @param ids the ids of the filter's categories and brands, without unknown ones
 */
export function wantedOf(
  { categories, brands, tags, price, attributes, inStock }: SearchFilter,
  ids: { readonly categories: readonly string[]; readonly brands: readonly string[] },
): (WantedValues | WantedPrice)[] {
  return [
    ...(categories ? [valuesOf(kindOf('category'), ids.categories)] : []),
    ...(brands ? [valuesOf(kindOf('brand'), ids.brands)] : []),
    ...(tags ? [valuesOf(kindOf('tag'), tags)] : []),
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
