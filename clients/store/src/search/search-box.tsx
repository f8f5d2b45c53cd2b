import { SearchSuggestDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { Picture, SearchField, type SearchSuggestion } from '@souk/ui';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { addressOf, searchIn } from './search-filters.ts';

const SUGGESTIONS = 5;

/** The search field of the store. It suggests search terms and products. */
export function SearchBox({ className }: { readonly className?: string }) {
  const { t } = useI18n();
  const [path, navigate] = useLocation();
  const asked = searchIn(useSearch()).query;
  const shown = path === '/search' ? asked : '';
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? shown;
  const open = (query: string) => {
    setTyped(null);
    navigate(`/search${addressOf({ query, sort: 'relevance', values: {} })}`);
  };
  const openProduct = (slug: string) => {
    setTyped(null);
    navigate(`/products/${slug}`);
  };
  const suggestions = useSuggestions(typed ?? '', open, openProduct);
  return (
    <SearchField
      label={t('search.label')}
      value={text}
      onChange={setTyped}
      onSubmit={() => open(text.trim())}
      suggestions={suggestions}
      announcement={t('search.suggestions', { count: suggestions.length })}
      {...(className !== undefined && { className })}
    />
  );
}

function useSuggestions(
  typed: string,
  open: (query: string) => void,
  openProduct: (slug: string) => void,
): SearchSuggestion[] {
  const prefix = useDeferredValue(typed.trim());
  const { data } = useOperation(
    SearchSuggestDocument,
    { prefix, first: SUGGESTIONS },
    { enabled: prefix.length > 1, keepPrevious: true },
  );
  if (typed.trim().length < 2 || !data?.suggest) return [];
  const { queries, products } = data.suggest;
  return [
    ...queries.map((query) => ({
      key: `query-${query.replace(/\s/g, '-')}`,
      label: query,
      content: <QuerySuggestion query={query} />,
      onSelect: () => open(query),
    })),
    ...products.map(({ slug, name, media: [picture] }) => ({
      key: `product-${slug}`,
      label: name,
      content: <ProductSuggestion name={name} picture={picture?.url ?? null} />,
      onSelect: () => openProduct(slug),
    })),
  ];
}

function QuerySuggestion({ query }: { readonly query: string }) {
  return (
    <span className="flex items-center gap-3">
      <Search aria-hidden className="mx-2 size-4 text-ink-3" strokeWidth={1.75} />
      {query}
    </span>
  );
}

function ProductSuggestion({ name, picture }: { readonly name: string; readonly picture: string | null }) {
  return (
    <span className="flex items-center gap-3 py-1">
      <Picture src={picture} alt="" className="size-8 shrink-0 rounded-control" />
      <span className="truncate">{name}</span>
    </span>
  );
}
