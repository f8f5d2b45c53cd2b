import { StockLevelListDocument, type StockLevelListQuery } from '@souk/sdk';
import { Button, classNames, EmptyState, NUMERIC, StatusPill, Table, Td, Th } from '@souk/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import { useState } from 'react';
import { souk } from '../api/client.ts';
import { LOW_STOCK } from '../home/use-needs.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { useMay } from '../session/use-session.ts';
import { AdjustDialog } from './adjust-dialog.tsx';
import { stockFilterInput, type StockFilters } from './stock-filters.ts';

/** The stock of one SKU in one warehouse. */
export type ListedLevel = NonNullable<StockLevelListQuery['stockLevels']>['nodes'][number];

const PAGE_SIZE = 200;

export function StockPanel({ filters }: { readonly filters: StockFilters }) {
  const { t } = useI18n();
  const found = useInfiniteQuery({
    queryKey: ['stock', filters.sku, filters.warehouseId],
    queryFn: ({ pageParam, signal }) =>
      souk.run(
        StockLevelListDocument,
        { first: PAGE_SIZE, after: pageParam, filter: stockFilterInput(filters) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ stockLevels }) => (stockLevels?.pageInfo.hasNextPage ? stockLevels.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const all = found.data?.pages.flatMap(({ stockLevels }) => stockLevels?.nodes ?? []) ?? [];
  const levels = filters.low ? all.filter(({ available }) => available <= LOW_STOCK) : all;
  if (found.isPending) return <RowSkeletons />;
  if (found.isError) return <LoadError error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      {levels.length === 0 ? (
        <EmptyState
          icon={<Boxes aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('inventory.empty.title')}
          text={t('orders.empty.text')}
        />
      ) : (
        <StockTable levels={levels} />
      )}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </>
  );
}

function StockTable({ levels }: { readonly levels: readonly ListedLevel[] }) {
  const { t, number, ago } = useI18n();
  const mayWrite = useMay()('stock:write');
  const [adjusted, setAdjusted] = useState<ListedLevel | null>(null);
  const wide = 'hidden md:table-cell';
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table>
        <thead>
          <tr>
            <Th className="ps-4">{t('inventory.column.sku')}</Th>
            <Th className={wide}>{t('inventory.column.warehouse')}</Th>
            <Th className={classNames(NUMERIC, wide)}>{t('inventory.column.onHand')}</Th>
            <Th className={classNames(NUMERIC, wide)}>{t('inventory.column.reserved')}</Th>
            <Th className={NUMERIC}>{t('inventory.column.available')}</Th>
            <Th className={classNames(NUMERIC, 'hidden lg:table-cell')}>{t('inventory.column.updated')}</Th>
            {mayWrite && (
              <Th>
                <span className="sr-only">{t('inventory.adjust')}</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {levels.map((level) => (
            <tr key={level.id} className="last:*:border-b-0 hover:bg-hover">
              <Td className="ps-4 font-medium whitespace-nowrap">
                {level.sku}
                <span className="block text-12 font-normal text-ink-3 md:hidden">{level.warehouse.name}</span>
              </Td>
              <Td className={classNames(wide, 'text-ink-2')}>{level.warehouse.name}</Td>
              <Td className={classNames(NUMERIC, wide)}>{number(level.onHand)}</Td>
              <Td className={classNames(NUMERIC, wide)}>{number(level.reserved)}</Td>
              <Td className={NUMERIC}>
                <span className="inline-flex items-center gap-2">
                  <LowPill available={level.available} />
                  {number(level.available)}
                </span>
              </Td>
              <Td className={classNames(NUMERIC, 'hidden text-ink-3 lg:table-cell')}>{ago(level.updatedAt)}</Td>
              {mayWrite && (
                <Td className="w-px pe-4">
                  <Button
                    size="small"
                    onClick={() => setAdjusted(level)}
                    aria-label={`${t('inventory.adjust')}: ${level.sku}, ${level.warehouse.name}`}
                  >
                    {t('inventory.adjust')}
                  </Button>
                </Td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
      {adjusted && <AdjustDialog level={adjusted} onClose={() => setAdjusted(null)} />}
    </div>
  );
}

function LowPill({ available }: { readonly available: number }) {
  const { t } = useI18n();
  if (available > LOW_STOCK) return null;
  return (
    <StatusPill tone={available <= 0 ? 'bad' : 'warn'}>
      {t(available <= 0 ? 'inventory.out' : 'inventory.low')}
    </StatusPill>
  );
}
