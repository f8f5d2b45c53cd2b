import { Button, Dialog, EmptyState, Notice, Select } from '@souk/ui';
import { SlidersHorizontal, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { ProductGrid, ProductGridSkeleton } from '../product/product-grid.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { SearchBox } from './search-box.tsx';
import { addressOf, SEARCH_SORTS, searchIn, toggled, type SearchOrder, type SearchState } from './search-filters.ts';
import { useFacetTexts } from './use-facet-texts.ts';
import { useProductSearch, type SearchFacetData } from './use-product-search.ts';

/** The search results with facets. The search is in the URL, so links and the back button restore the same results. */
export function SearchPage() {
  const { t } = useI18n();
  const [path, navigate] = useLocation();
  const state = searchIn(useSearch());
  const found = useProductSearch(state, useCurrency(state));
  const first = state.query === '' ? undefined : found.data?.pages[0];
  const change = (next: SearchState) => navigate(`${path}${addressOf(next)}`, { replace: true });
  const facets = first?.facets ?? [];
  const panel = <FacetPanel facets={facets} onToggle={(code, value) => change(toggled(state, code, value))} />;
  const chosen = Object.values(state.values).flat().length;
  return (
    <Page title={state.query === '' ? t('search.title') : t('search.titleOf', { query: state.query })}>
      <SearchBox className="mb-6 md:hidden" />
      <h1 className="mb-8 font-serif text-36 break-words md:text-48">
        {state.query === '' ? t('search.title') : t('search.titleOf', { query: state.query })}
      </h1>
      <div className="grid gap-8 lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-12">
        <aside aria-label={t('list.filters')} className="hidden lg:block">
          {panel}
        </aside>
        <div className="flex flex-col gap-6">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p aria-live="polite" className="text-14 text-ink-3">
              {first && t('list.count', { count: first.totalCount ?? 0 })}
            </p>
            <div className="flex items-center gap-2">
              {facets.length > 0 && <FacetSheet count={chosen}>{panel}</FacetSheet>}
              <OrderSelect sort={state.sort} onChange={(sort) => change({ ...state, sort })} />
            </div>
          </div>
          {first?.corrected && (
            <Notice tone="info">{t('search.corrected', { query: state.query, corrected: first.corrected })}</Notice>
          )}
          <ChosenValues facets={facets} onRemove={(code, value) => change(toggled(state, code, value))} />
          <Results state={state} found={found} onClear={() => change({ ...state, values: {} })} />
        </div>
      </div>
    </Page>
  );
}

/**
 * Returns the currency of the price ranges. The currency comes from the search without selected values: from its price
 * facet, otherwise from one of its products.
 */
function useCurrency(state: SearchState): string | null {
  const { data } = useProductSearch({ ...state, sort: 'relevance', values: {} }, null);
  const first = data?.pages[0];
  const facet = first?.facets.find(({ code }) => code === 'price');
  return facet?.currencyCode ?? first?.nodes[0]?.priceRange?.min.currencyCode ?? null;
}

function OrderSelect({
  sort,
  onChange,
}: {
  readonly sort: SearchOrder;
  readonly onChange: (sort: SearchOrder) => void;
}) {
  const { t } = useI18n();
  const choices = (Object.keys(SEARCH_SORTS) as SearchOrder[]).map((value) => ({
    value,
    label: t(value === 'relevance' ? 'search.sort.relevance' : `list.sort.${value}`),
  }));
  return (
    <Select label={t('list.sort')} value={sort} choices={choices} onChange={onChange} className="w-auto min-w-44" />
  );
}

function FacetSheet({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="lg:hidden">
      <Button
        icon={<SlidersHorizontal aria-hidden className="size-4" strokeWidth={1.75} />}
        onClick={() => setOpen(true)}
      >
        {t('list.filters.show', { count })}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t('list.filters')} close={t('nav.close')} shape="sheet">
        {children}
      </Dialog>
    </div>
  );
}

interface ChosenValuesProps {
  readonly facets: readonly SearchFacetData[];
  readonly onRemove: (code: string, value: string) => void;
}

/** The selected facet values, each with a button to remove it. */
function ChosenValues({ facets, onRemove }: ChosenValuesProps) {
  const { t } = useI18n();
  const texts = useFacetTexts();
  const chosen = facets.flatMap((facet) =>
    facet.values.filter(({ selected }) => selected).map((value) => ({ facet, value, name: texts.value(facet, value) })),
  );
  if (chosen.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {chosen.map(({ facet, value, name }) => (
        <li key={`${facet.code} ${value.value}`}>
          <button
            type="button"
            aria-label={t('list.chip.remove', { name })}
            onClick={() => onRemove(facet.code, value.value)}
            className="inline-flex h-8 items-center gap-1.5 rounded-full border border-line-strong bg-surface ps-3 pe-2 text-14 hover:bg-hover"
          >
            {name}
            <X aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.75} />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface ResultsProps {
  readonly state: SearchState;
  readonly found: ReturnType<typeof useProductSearch>;
  readonly onClear: () => void;
}

function Results({ state: { query }, found, onClear }: ResultsProps) {
  const { t } = useI18n();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = found;
  if (query === '') return <EmptyState title={t('search.start.title')} text={t('search.start.text')} />;
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (isPending) return <ProductGridSkeleton count={12} />;
  const products = data.pages.flatMap(({ nodes }) => nodes);
  if (products.length === 0) {
    const isFiltered = data.pages[0]?.reason === 'FILTERED_OUT';
    const prefix = isFiltered ? 'search.filtered' : 'search.none';
    return (
      <EmptyState
        title={t(`${prefix}.title`, { query })}
        text={t(`${prefix}.text`, { query })}
        {...(isFiltered && { action: <Button onClick={onClear}>{t('list.clear')}</Button> })}
      />
    );
  }
  return (
    <>
      <ProductGrid products={products} eager />
      {hasNextPage && (
        <Button
          size="large"
          className="mx-auto mt-4 min-w-48"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      )}
    </>
  );
}
