import { PromotionListDocument, type PromotionListQuery } from '@souk/sdk';
import { Button, EmptyState, NUMERIC, Table, Td, Th } from '@souk/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { BadgePercent } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';
import { stateOf } from './promotion-form.ts';

type ListedPromotion = NonNullable<PromotionListQuery['promotions']>['nodes'][number];

const PAGE_SIZE = 100;

/** The page with the shop's promotions, in the order in which carts apply them. */
export function PromotionsPage() {
  const { t } = useI18n();
  const may = useMay();
  const found = usePromotions();
  const promotions = found.data?.pages.flatMap((page) => page.promotions?.nodes ?? []) ?? [];
  const create = may('promotions:write') && (
    <Button kind="primary" asChild>
      <Link href="/promotions/new">{t('promotions.create')}</Link>
    </Button>
  );
  return (
    <Page title={t('promotions.title')} actions={create}>
      {found.isPending && <RowSkeletons />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && promotions.length === 0 && (
        <EmptyState
          icon={<BadgePercent aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('promotions.empty.title')}
          text={t('promotions.empty.text')}
        />
      )}
      {promotions.length > 0 && <PromotionTable promotions={promotions} />}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </Page>
  );
}

function usePromotions() {
  return useInfiniteQuery({
    queryKey: ['promotions'],
    queryFn: ({ pageParam, signal }) =>
      souk.run(PromotionListDocument, { first: PAGE_SIZE, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ promotions }) => (promotions?.pageInfo.hasNextPage ? promotions.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
}

function PromotionTable({ promotions }: { readonly promotions: readonly ListedPromotion[] }) {
  const { t, number, date } = useI18n();
  const [now] = useState(Date.now);
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table label={t('promotions.title')}>
        <thead>
          <tr>
            <Th className="ps-4">{t('promotion.name')}</Th>
            <Th>{t('promotions.column.state')}</Th>
            <Th className="hidden sm:table-cell">{t('promotion.code')}</Th>
            <Th className="hidden md:table-cell">{t('promotion.type')}</Th>
            <Th className="hidden md:table-cell">{t('promotion.endsAt')}</Th>
            <Th className={`${NUMERIC} pe-4`}>{t('promotions.column.uses')}</Th>
          </tr>
        </thead>
        <tbody>
          {promotions.map((promotion) => (
            <tr key={promotion.id} className="relative last:*:border-b-0 hover:bg-hover">
              <Td className="ps-4">
                <Link href={`/promotions/${promotion.id}`} className="font-medium after:absolute after:inset-0">
                  {promotion.name}
                </Link>
              </Td>
              <Td>
                <Status of="promotion.state" value={stateOf(promotion, now)} />
              </Td>
              <Td className="hidden text-ink-2 sm:table-cell">{promotion.code ?? t('promotions.automatic')}</Td>
              <Td className="hidden text-ink-2 md:table-cell">{t(`promotion.type.${promotion.action.type}`)}</Td>
              <Td className="hidden text-ink-2 md:table-cell">
                {promotion.endsAt === null ? '–' : date(promotion.endsAt)}
              </Td>
              <Td className={`${NUMERIC} pe-4`}>
                {promotion.uses === null
                  ? '–'
                  : [promotion.uses, promotion.usageLimit]
                      .flatMap((each) => each ?? [])
                      .map(number)
                      .join(' / ')}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
