import { Button, Dialog, EmptyState, Select } from '@souk/ui';
import { SlidersHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { ProductGrid, ProductGridSkeleton } from '../product/product-grid.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { filterCount, filtersIn, searchOf, SORTS, type ListFilters, type Sort } from './list-filters.ts';
import { useProductList, type ListSource } from './use-product-list.ts';

export interface ListPageProps {
  readonly source: ListSource;
  readonly title: string;
  readonly text: string;
  /** The breadcrumb above the title. */
  readonly above?: ReactNode;
  /** The subcategories of the page's category. */
  readonly within?: readonly { readonly slug: string; readonly name: string }[];
}

/** A product list with filters. The filters are in the URL, so links and the back button restore the same list. */
export function ListPage({ source, title, text, above, within = [] }: ListPageProps) {
  const { t } = useI18n();
  const [path, navigate] = useLocation();
  const filters = filtersIn(useSearch());
  const currencyCode = useCurrency(source);
  const list = useProductList(source, filters, currencyCode);
  const change = (next: ListFilters) => navigate(`${path}${searchOf(next)}`, { replace: true });
  const panel = <FilterPanel filters={filters} onChange={change} currencyCode={currencyCode} within={within} />;
  const total = list.data?.pages[0]?.totalCount;
  return (
    <Page title={title}>
      {above}
      <header className="mb-8 flex flex-col gap-2">
        <h1 className="font-serif text-36 md:text-48">{title}</h1>
        {text && <p className="max-w-measure text-16 text-ink-2">{text}</p>}
      </header>
      <div className="grid gap-8 lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-12">
        <aside aria-label={t('list.filters')} className="hidden lg:block">
          {panel}
        </aside>
        <div className="flex flex-col gap-6">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p aria-live="polite" className="text-14 text-ink-3">
              {total !== undefined && t('list.count', { count: total })}
            </p>
            <div className="flex items-center gap-2">
              <FilterSheet count={filterCount(filters)}>{panel}</FilterSheet>
              <SortSelect sort={filters.sort} onChange={(sort) => change({ ...filters, sort })} />
            </div>
          </div>
          <FilterChips filters={filters} onChange={change} currencyCode={currencyCode} />
          <Products
            list={list}
            isFiltered={filterCount(filters) > 0}
            onClear={() => navigate(path, { replace: true })}
          />
        </div>
      </div>
    </Page>
  );
}

/** Returns the currency of the list's prices. The currency comes from the products of the unfiltered list. */
function useCurrency(source: ListSource): string | null {
  const { data } = useProductList(source, filtersIn(''), null);
  const priced = data?.pages[0]?.nodes.find(({ priceRange }) => priceRange !== null);
  return priced?.priceRange?.min.currencyCode ?? null;
}

function SortSelect({ sort, onChange }: { readonly sort: Sort; readonly onChange: (sort: Sort) => void }) {
  const { t } = useI18n();
  const choices = (Object.keys(SORTS) as Sort[]).map((value) => ({ value, label: t(`list.sort.${value}`) }));
  return (
    <Select label={t('list.sort')} value={sort} choices={choices} onChange={onChange} className="w-auto min-w-44" />
  );
}

function FilterSheet({ count, children }: { readonly count: number; readonly children: ReactNode }) {
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

interface ProductsProps {
  readonly list: ReturnType<typeof useProductList>;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

function Products({ list, isFiltered, onClear }: ProductsProps) {
  const { t } = useI18n();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list;
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (isPending) return <ProductGridSkeleton count={12} />;
  const products = data.pages.flatMap(({ nodes }) => nodes);
  if (products.length === 0) {
    const prefix = isFiltered ? 'list.empty' : 'list.emptyAll';
    return (
      <EmptyState
        title={t(`${prefix}.title`)}
        text={t(`${prefix}.text`)}
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
