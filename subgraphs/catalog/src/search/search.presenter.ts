import { decimalAmount, money } from '@souk/kit/domain';
import { presentProduct } from '../product/product.presenter.ts';
import { kindOf } from './document/facet-key.ts';
import type { PriceBand } from './document/price-band.ts';
import type { Facet, FacetValue } from './query/facets.ts';
import type { FoundProducts, FoundSuggestions } from './search-reader.service.ts';
import type {
  SearchConnectionType,
  SearchEdgeType,
  SearchFacetType,
  SearchFacetValueType,
  SearchHighlightType,
  SearchSuggestionsType,
} from './search.types.ts';
import { excerpt, highlight } from './text/highlight.ts';

export function presentSearch(found: FoundProducts): SearchConnectionType {
  const edges = found.products.map((product): SearchEdgeType => {
    const node = presentProduct(product);
    return {
      node,
      get cursor() {
        return found.cursorOf(product);
      },
      get highlights() {
        return highlightsOf(node, found);
      },
    };
  });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: found.hasNextPage,
      hasPreviousPage: found.hasPreviousPage,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
    totalCount: found.total,
    facets: found.facets.map((facet) => presentFacet(facet, found)),
    corrected: found.corrected,
    reason: found.reason,
  };
}

export function presentSuggestions({ queries, products }: FoundSuggestions): SearchSuggestionsType {
  return { queries, products: products.map(presentProduct) };
}

function highlightsOf(
  { name, description }: SearchEdgeType['node'],
  { terms, language }: FoundProducts,
): SearchHighlightType[] {
  const highlights = [
    { field: 'NAME', parts: highlight(name, terms, language) },
    { field: 'DESCRIPTION', parts: excerpt(highlight(description, terms, language)) },
  ];
  return highlights.filter(({ parts }) => parts.some(({ isMatch }) => isMatch));
}

function presentFacet({ kind, attribute, values }: Facet, { names, currency }: FoundProducts): SearchFacetType {
  const code = kind.slice(0, -1);
  return {
    code,
    name: attribute === null ? code : (names.attributes.get(attribute) ?? attribute),
    currencyCode: kind === kindOf('price') ? currency : null,
    values: values.flatMap((value) => presentValue(kind, value, { names, currency }) ?? []),
  };
}

/** Presents a value of a facet. Null when its category or brand was deleted after the products were indexed. */
function presentValue(
  kind: string,
  { value, count, isSelected, band }: FacetValue,
  { names, currency }: Pick<FoundProducts, 'names' | 'currency'>,
): SearchFacetValueType | null {
  const counted = { count, selected: isSelected };
  if (band) return { value: boundsOf(band, currency), label: boundsOf(band, currency), ...counted };
  const named = kind === kindOf('category') ? names.categories : kind === kindOf('brand') ? names.brands : null;
  if (named === null) return { value, label: value, ...counted };
  const found = named.get(value);
  return found ? { value: found.slug, label: found.name, ...counted } : null;
}

function boundsOf({ minMinor, maxMinor }: PriceBand, currency: string): string {
  const amount = (minor: number | null) => (minor === null ? '' : decimalAmount(money(minor, currency)));
  return `${amount(minMinor)}-${amount(maxMinor)}`;
}
