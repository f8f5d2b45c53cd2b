import { CustomerListDocument } from '@souk/sdk';
import { Button, classNames, EmptyState, NUMERIC, Table, Td, Th } from '@souk/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { Link } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';

const PAGE_SIZE = 100;

export function CustomersPage() {
  const { t, date } = useI18n();
  const found = useInfiniteQuery({
    queryKey: ['customers'],
    queryFn: ({ pageParam, signal }) =>
      souk.run(CustomerListDocument, { first: PAGE_SIZE, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ customers }) => (customers?.pageInfo.hasNextPage ? customers.pageInfo.endCursor : null),
  });
  const customers = found.data?.pages.flatMap((page) => page.customers?.nodes ?? []) ?? [];
  return (
    <Page title={t('customers.title')}>
      {found.isPending && <RowSkeletons />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && customers.length === 0 && (
        <EmptyState
          icon={<Users aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('customers.empty.title')}
          text={t('customers.empty.text')}
        />
      )}
      {customers.length > 0 && (
        <div className="overflow-hidden rounded-card border bg-surface">
          <Table>
            <thead>
              <tr>
                <Th className="ps-4">{t('customers.column.name')}</Th>
                <Th className="hidden sm:table-cell">{t('customers.column.email')}</Th>
                <Th className={classNames(NUMERIC, 'pe-4')}>{t('customers.column.since')}</Th>
              </tr>
            </thead>
            <tbody>
              {customers.map(({ id, name, email, createdAt }) => (
                <tr key={id} className="relative last:*:border-b-0 hover:bg-hover">
                  <Td className="ps-4">
                    <Link href={`/customers/${id}`} className="font-medium after:absolute after:inset-0">
                      {name ?? t('customer.noName')}
                    </Link>
                    <span className="block text-12 break-all text-ink-3 sm:hidden">{email}</span>
                  </Td>
                  <Td className="hidden text-ink-2 sm:table-cell">{email}</Td>
                  <Td className={classNames(NUMERIC, 'pe-4 text-ink-3')}>{createdAt && date(createdAt)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </Page>
  );
}
