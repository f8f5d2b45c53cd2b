import type { SearchFilterInput, SearchSort } from '@souk/sdk';

/** The sort orders of search results, by their names in the URL. */
export const SEARCH_SORTS = {
  relevance: 'RELEVANCE',
  newest: 'NEWEST',
  name: 'NAME_ASC',
  price: 'PRICE_ASC',
  priceDesc: 'PRICE_DESC',
} as const satisfies Readonly<Record<string, SearchSort>>;
export type SearchOrder = keyof typeof SEARCH_SORTS;

/** A search with its selected facet values, which are in the query string of its URL. */
export interface SearchState {
  readonly query: string;
  readonly sort: SearchOrder;
  /** The selected values, by the code of their facet. At most one price range. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

const MAX_QUERY = 200;
const ATTRIBUTE = 'attribute:';
const BAND = /^(\d{1,12}(?:\.\d{1,4})?)-(\d{1,12}(?:\.\d{1,4})?)?$/;
const CODE = /^(category|brand|price|stock|tag|attribute:[a-z0-9_-]{1,100})$/;

/** Parses the search from a query string. Invalid values are ignored. */
export function searchIn(address: string): SearchState {
  const params = new URLSearchParams(address);
  const sort = params.get('sort') ?? 'relevance';
  const codes = [...new Set(params.keys())].filter((code) => CODE.test(code));
  return {
    query: (params.get('q') ?? '').slice(0, MAX_QUERY),
    sort: Object.hasOwn(SEARCH_SORTS, sort) ? (sort as SearchOrder) : 'relevance',
    values: Object.fromEntries(codes.map((code) => [code, params.getAll(code)])),
  };
}

/** The search as a query string that begins with a question mark. */
export function addressOf({ query, sort, values }: SearchState): string {
  const params = new URLSearchParams({ q: query });
  if (sort !== 'relevance') params.set('sort', sort);
  for (const [code, chosen] of Object.entries(values)) for (const value of chosen) params.append(code, value);
  return `?${params}`;
}

/** Selects or deselects a facet value. A new price range replaces the selected price range. */
export function toggled(state: SearchState, code: string, value: string): SearchState {
  const chosen = state.values[code] ?? [];
  const next = chosen.includes(value)
    ? chosen.filter((each) => each !== value)
    : code === 'price' || code === 'stock'
      ? [value]
      : [...chosen, value];
  const { [code]: _replaced, ...others } = state.values;
  return { ...state, values: next.length === 0 ? others : { ...others, [code]: next } };
}

/** Parses the bounds of a price range, as decimal numbers. Null when the value is not a price range. */
export function bandOf(value: string): { readonly min: string; readonly max: string | null } | null {
  const [, min, max = null] = BAND.exec(value) ?? [];
  return min === undefined ? null : { min, max };
}

/** The selected values as the API's input. @param currencyCode currency of the price ranges */
export function apiSearchFilter({ values }: SearchState, currencyCode: string | null): SearchFilterInput {
  const band = bandOf(values['price']?.[0] ?? '');
  const attributes = Object.entries(values).filter(([code]) => code.startsWith(ATTRIBUTE));
  const [stock] = values['stock'] ?? [];
  return {
    ...(values['category'] && { categories: [...values['category']] }),
    ...(values['brand'] && { brands: [...values['brand']] }),
    ...(values['tag'] && { tags: [...values['tag']] }),
    ...(band &&
      currencyCode !== null && {
        price: { min: band.min, ...(band.max !== null && { max: band.max }), currencyCode },
      }),
    ...(attributes.length > 0 && {
      attributes: attributes.map(([code, chosen]) => ({ code: code.slice(ATTRIBUTE.length), values: [...chosen] })),
    }),
    ...(stock !== undefined && { inStock: stock === 'in' }),
  };
}
