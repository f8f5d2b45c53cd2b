import { DraftOrderListDocument, type DraftOrderListQuery } from '@souk/sdk';
import { Button, EmptyState, NUMERIC, Table, Tabs, Td, Th } from '@souk/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { FilePen } from 'lucide-react';
import { Link, useLocation, useSearch } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';

type ListedDraft = NonNullable<DraftOrderListQuery['draftOrders']>['nodes'][number];

const PAGE_SIZE = 50;
const STATUSES = ['DRAFT', 'PLACED', 'EXPIRED'] as const;
type DraftStatus = (typeof STATUSES)[number];

/** The page with the draft orders of the shop, newest first. The tabs filter by status. */
export function DraftsPage() {
  const { t } = useI18n();
  const may = useMay();
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('status');
  const status = STATUSES.find((each) => each === asked) ?? 'DRAFT';
  const create = may('orders:write') && (
    <Button kind="primary" asChild>
      <Link href="/draft-orders/new">{t('drafts.create')}</Link>
    </Button>
  );
  return (
    <Page title={t('drafts.title')} actions={create}>
      <Tabs
        label={t('drafts.title')}
        value={status}
        onChange={(next) => go(`/draft-orders?status=${next}`, { replace: true })}
        tabs={STATUSES.map((value) => ({ value, label: t(`drafts.tab.${value}`) }))}
      >
        <DraftList status={status} />
      </Tabs>
    </Page>
  );
}

function DraftList({ status }: { readonly status: DraftStatus }) {
  const { t } = useI18n();
  const found = useInfiniteQuery({
    queryKey: ['draft-orders', status],
    queryFn: ({ pageParam, signal }) =>
      souk.run(DraftOrderListDocument, { first: PAGE_SIZE, after: pageParam, filter: { status } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ draftOrders }) => (draftOrders?.pageInfo.hasNextPage ? draftOrders.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const drafts = found.data?.pages.flatMap((page) => page.draftOrders?.nodes ?? []) ?? [];
  return (
    <div className="flex flex-col gap-4 pt-4">
      {found.isPending && <RowSkeletons />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && drafts.length === 0 && (
        <EmptyState
          icon={<FilePen aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('drafts.empty.title')}
          text={t('drafts.empty.text')}
        />
      )}
      {drafts.length > 0 && <DraftTable drafts={drafts} />}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </div>
  );
}

function DraftTable({ drafts }: { readonly drafts: readonly ListedDraft[] }) {
  const { t, money, number, dateTime } = useI18n();
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table>
        <thead>
          <tr>
            <Th className="ps-4">{t('drafts.column.created')}</Th>
            <Th className="hidden sm:table-cell">{t('signIn.email')}</Th>
            <Th className="hidden md:table-cell">{t('members.column.state')}</Th>
            <Th className={`${NUMERIC} hidden md:table-cell`}>{t('drafts.column.lines')}</Th>
            <Th className="hidden lg:table-cell">{t('drafts.column.expires')}</Th>
            <Th className={`${NUMERIC} pe-4`}>{t('order.line.total')}</Th>
          </tr>
        </thead>
        <tbody>
          {drafts.map(({ id, createdAt, status, expiresAt, cart, order }) => (
            <tr key={id} className="relative last:*:border-b-0 hover:bg-hover">
              <Td className="ps-4">
                <Link href={`/draft-orders/${id}`} className="font-medium after:absolute after:inset-0">
                  {dateTime(createdAt)}
                </Link>
                {order && <span className="block text-12 text-ink-3">{order.number}</span>}
              </Td>
              <Td className="hidden break-all sm:table-cell">{cart.email ?? '–'}</Td>
              <Td className="hidden md:table-cell">
                <Status of="order.status" value={status} />
              </Td>
              <Td className={`${NUMERIC} hidden md:table-cell`}>{number(cart.lines.length)}</Td>
              <Td className="hidden text-ink-3 lg:table-cell">{dateTime(expiresAt)}</Td>
              <Td className={`${NUMERIC} pe-4`}>{money(cart.totals.total)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
