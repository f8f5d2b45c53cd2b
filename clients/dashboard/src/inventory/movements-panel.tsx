import { StockMovementListDocument } from '@souk/sdk';
import { Button, classNames, EmptyState, NUMERIC, Table, Td, Th } from '@souk/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import { Link } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { stockFilterInput, type StockFilters } from './stock-filters.ts';

const PAGE_SIZE = 100;

/** The stock movements, newest first. */
export function MovementsPanel({ filters }: { readonly filters: StockFilters }) {
  const { t, dateTime, language } = useI18n();
  const found = useInfiniteQuery({
    queryKey: ['movements', filters.sku, filters.warehouseId],
    queryFn: ({ pageParam, signal }) =>
      souk.run(
        StockMovementListDocument,
        { first: PAGE_SIZE, after: pageParam, filter: stockFilterInput(filters) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ stockMovements }) =>
      stockMovements?.pageInfo.hasNextPage ? stockMovements.pageInfo.endCursor : null,
    placeholderData: keepPreviousData,
  });
  if (found.isPending) return <RowSkeletons />;
  if (found.isError) return <LoadError error={found.error} onRetry={() => void found.refetch()} />;
  const movements = found.data.pages.flatMap(({ stockMovements }) => stockMovements?.nodes ?? []);
  if (movements.length === 0)
    return (
      <EmptyState
        icon={<Boxes aria-hidden className="size-8" strokeWidth={1.5} />}
        title={t('inventory.empty.title')}
        text={t('orders.empty.text')}
      />
    );
  const signed = (units: number) => new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(units);
  const wide = 'hidden md:table-cell';
  return (
    <>
      <div className="overflow-hidden rounded-card border bg-surface">
        <Table label={t('inventory.tab.movements')}>
          <thead>
            <tr>
              <Th className="ps-4">{t('inventory.column.when')}</Th>
              <Th>{t('inventory.column.kind')}</Th>
              <Th>{t('inventory.column.sku')}</Th>
              <Th className={wide}>{t('inventory.column.warehouse')}</Th>
              <Th className={NUMERIC}>{t('inventory.column.change')}</Th>
              <Th className={classNames(NUMERIC, wide)}>{t('inventory.column.reservedChange')}</Th>
              <Th className="hidden pe-4 lg:table-cell">{t('inventory.column.reason')}</Th>
            </tr>
          </thead>
          <tbody>
            {movements.map(({ id, occurredAt, kind, sku, warehouse, onHandDelta, reservedDelta, reason, orderId }) => (
              <tr key={id} className="last:*:border-b-0">
                <Td className="ps-4 text-ink-2">{dateTime(occurredAt)}</Td>
                <Td>{t(`movement.${kind}`)}</Td>
                <Td className="font-medium">
                  {orderId ? (
                    <Link href={`/orders/${orderId}`} className="underline-offset-2 hover:underline">
                      {sku}
                    </Link>
                  ) : (
                    sku
                  )}
                </Td>
                <Td className={classNames(wide, 'text-ink-2')}>{warehouse.code}</Td>
                <Td className={NUMERIC}>{signed(onHandDelta)}</Td>
                <Td className={classNames(NUMERIC, wide)}>{signed(reservedDelta)}</Td>
                <Td className="hidden max-w-64 truncate pe-4 text-ink-2 lg:table-cell">{reason}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </>
  );
}
