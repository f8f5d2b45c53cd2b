import { ReturnListDocument, type ReturnStatus } from '@souk/sdk';
import { Button, EmptyState, Table, Tabs, Td, Th } from '@souk/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { Link, useLocation, useSearch } from 'wouter';
import { souk } from '../../api/client.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../../page/page-states.tsx';
import { Page } from '../../page/page.tsx';
import { Status } from '../../page/status.tsx';
import type { ListedReturn } from './return-actions.ts';

const PAGE_SIZE = 100;
const VIEWS = ['ALL', 'REQUESTED', 'APPROVED', 'RECEIVED', 'REJECTED'] as const satisfies readonly (
  | 'ALL'
  | ReturnStatus
)[];
type View = (typeof VIEWS)[number];

/** The page with the shop's returns, filtered by status. */
export function ReturnsPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get('status');
  const view = VIEWS.find((each) => each === wanted) ?? 'ALL';
  const found = useReturns(view);
  const returns = found.data?.pages.flatMap((page) => page.returns?.nodes ?? []) ?? [];
  return (
    <Page title={t('returns.title')}>
      <Tabs
        label={t('orders.views')}
        value={view}
        onChange={(next) => go(next === 'ALL' ? '/returns' : `/returns?status=${next}`, { replace: true })}
        tabs={VIEWS.map((value) => ({
          value,
          label: value === 'ALL' ? t('orders.view.all') : t(`return.status.${value}`),
        }))}
      >
        <div className="flex flex-col gap-4 pt-4">
          {found.isPending && <RowSkeletons />}
          {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
          {found.isSuccess && returns.length === 0 && (
            <EmptyState
              icon={<Undo2 aria-hidden className="size-8" strokeWidth={1.5} />}
              title={t('returns.empty.title')}
              text={t('returns.empty.text')}
            />
          )}
          {returns.length > 0 && <ReturnTable returns={returns} />}
          {found.hasNextPage && (
            <Button
              className="self-center"
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t('action.loadMore')}
            </Button>
          )}
        </div>
      </Tabs>
    </Page>
  );
}

function useReturns(view: View) {
  return useInfiniteQuery({
    queryKey: ['returns', view],
    queryFn: ({ pageParam, signal }) => {
      const filter = view === 'ALL' ? null : { status: view };
      return souk.run(ReturnListDocument, { first: PAGE_SIZE, after: pageParam, filter }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ returns }) => (returns?.pageInfo.hasNextPage ? returns.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
}

function ReturnTable({ returns }: { readonly returns: readonly ListedReturn[] }) {
  const { t, dateTime, money } = useI18n();
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table label={t('returns.title')}>
        <thead>
          <tr>
            <Th className="ps-4">{t('returns.column.number')}</Th>
            <Th>{t('orders.column.status')}</Th>
            <Th className="hidden sm:table-cell">{t('returns.column.requested')}</Th>
            <Th className="hidden md:table-cell">{t('returns.reason')}</Th>
            <Th className="pe-4 text-end">{t('returns.column.refund')}</Th>
          </tr>
        </thead>
        <tbody>
          {returns.map(({ id, number, status, requestedAt, lines, refund, order }) => (
            <tr key={id} className="relative last:*:border-b-0 hover:bg-hover">
              <Td className="ps-4">
                <Link href={`/orders/${order?.id ?? ''}`} className="font-medium after:absolute after:inset-0">
                  {number}
                </Link>
              </Td>
              <Td>
                <Status of="return.status" value={status} />
              </Td>
              <Td className="hidden text-ink-2 sm:table-cell">{dateTime(requestedAt)}</Td>
              <Td className="hidden text-ink-2 md:table-cell">
                {[...new Set(lines.map(({ reason }) => t(`return.reason.${reason}`)))].join(', ')}
              </Td>
              <Td className="pe-4 text-end tabular-nums">{refund && money(refund.amount)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
