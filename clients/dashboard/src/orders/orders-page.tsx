import { OrdersDocument } from '@souk/sdk';
import { Button, EmptyState, Input, Select, Tabs } from '@souk/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ShoppingBag } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import {
  filterInput,
  hasFilters,
  ORDER_VIEWS,
  PERIODS,
  readFilters,
  writeFilters,
  type OrderFilters,
} from './order-filters.ts';
import { OrderList } from './order-list.tsx';

const PAGE_SIZE = 100;

export function OrdersPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const filters = readFilters(useSearch());
  const searchRef = useRef<HTMLInputElement>(null);
  const found = useOrders(filters);
  const orders = found.data?.pages.flatMap((page) => page.orders?.nodes ?? []) ?? [];
  const change = (changes: Partial<OrderFilters>) => {
    const query = writeFilters({ ...filters, ...changes });
    go(query === '' ? '/orders' : `/orders?${query}`, { replace: true });
  };
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const count = hasNextPage
    ? t('orders.countMore', { count: orders.length })
    : t('orders.count', { count: orders.length });
  return (
    <Page title={t('orders.title')} beside={found.isSuccess && <span className="text-14 text-ink-3">{count}</span>}>
      <Tabs
        label={t('orders.views')}
        value={filters.view}
        onChange={(view) => change({ view })}
        tabs={ORDER_VIEWS.map((view) => ({ value: view, label: t(`orders.view.${view}`) }))}
      >
        <div className="flex flex-col gap-4 pt-4">
          <FilterBar filters={filters} onChange={change} searchRef={searchRef} />
          {found.isPending && <RowSkeletons />}
          {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
          {found.isSuccess && orders.length === 0 && (
            <EmptyState
              icon={<ShoppingBag aria-hidden className="size-8" strokeWidth={1.5} />}
              title={t('orders.empty.title')}
              text={t('orders.empty.text')}
              action={<Button onClick={() => go('/orders')}>{t('orders.empty.action')}</Button>}
            />
          )}
          {orders.length > 0 && <OrderList orders={orders} onNearEnd={loadMore} searchRef={searchRef} />}
          {isFetchingNextPage && <RowSkeletons count={2} />}
        </div>
      </Tabs>
    </Page>
  );
}

function useOrders(filters: OrderFilters) {
  return useInfiniteQuery({
    queryKey: ['orders', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      souk.run(
        OrdersDocument,
        { first: PAGE_SIZE, after: pageParam, filter: filterInput(filters, Date.now()) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ orders }) => (orders?.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
}

interface FilterBarProps {
  readonly filters: OrderFilters;
  readonly onChange: (changes: Partial<OrderFilters>) => void;
  readonly searchRef: React.RefObject<HTMLInputElement | null>;
}

function FilterBar({ filters, onChange, searchRef }: FilterBarProps) {
  const { t } = useI18n();
  const [search, setSearch] = useState(filters.search);
  const [tag, setTag] = useState(filters.tag);
  return (
    <form
      role="search"
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ search: search.trim(), tag: tag.trim() });
      }}
    >
      <Input
        ref={searchRef}
        type="search"
        aria-label={t('orders.filter.search')}
        placeholder={t('orders.filter.searchPlaceholder')}
        value={search}
        onChange={({ target }) => {
          setSearch(target.value);
          if (target.value === '') onChange({ search: '' });
        }}
        className="w-full sm:w-72"
      />
      <Input
        type="search"
        aria-label={t('orders.filter.tag')}
        placeholder={t('orders.filter.tag')}
        value={tag}
        onChange={({ target }) => {
          setTag(target.value);
          if (target.value === '') onChange({ tag: '' });
        }}
        className="w-full sm:w-36"
      />
      <Select
        label={t('orders.filter.period')}
        value={filters.period}
        onChange={(period) => onChange({ period })}
        choices={PERIODS.map((period) => ({ value: period, label: t(`orders.filter.${period}`) }))}
        className="w-full sm:w-44"
      />
      {hasFilters(filters) && (
        <Button
          kind="quiet"
          onClick={() => {
            setSearch('');
            setTag('');
            onChange({ search: '', tag: '', period: 'anytime' });
          }}
        >
          {t('orders.empty.action')}
        </Button>
      )}
      <button type="submit" className="sr-only">
        {t('orders.filter.apply')}
      </button>
      <p className="ms-auto hidden text-12 text-ink-3 lg:block">{t('orders.keys')}</p>
    </form>
  );
}
