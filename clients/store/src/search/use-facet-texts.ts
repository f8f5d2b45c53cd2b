import { useI18n } from '../i18n/use-i18n.ts';
import { bandOf } from './search-filters.ts';
import type { SearchFacetData } from './use-product-search.ts';

const NAMES = {
  category: 'search.facet.category',
  brand: 'search.facet.brand',
  price: 'search.facet.price',
  stock: 'search.facet.stock',
  tag: 'search.facet.tag',
} as const;

/** Functions that translate facets and their values to the store's language. */
export function useFacetTexts() {
  const { t, money } = useI18n();
  return {
    name: ({ code, name }: Pick<SearchFacetData, 'code' | 'name'>) =>
      Object.hasOwn(NAMES, code) ? t(NAMES[code as keyof typeof NAMES]) : name,
    value({ code, currencyCode }: SearchFacetData, { value, label }: SearchFacetData['values'][number]): string {
      if (code === 'stock') return t(value === 'in' ? 'search.stock.in' : 'search.stock.out');
      const band = code === 'price' ? bandOf(value) : null;
      if (!band || currencyCode === null) return label;
      const min = money({ amount: band.min, currencyCode });
      return band.max === null
        ? t('search.price.from', { min })
        : t('search.price.range', { min, max: money({ amount: band.max, currencyCode }) });
    },
  };
}
