import { Button, EmptyState, Tabs } from '@souk/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import { useLocation, useSearch } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { readReviews, REVIEW_VIEWS, REVIEWS_KEY, type ReviewView } from './review-actions.ts';
import { ReviewRow } from './review-row.tsx';

/** The page on which staff publish, reject and answer reviews. It opens with the reviews that wait for a decision. */
export function ReviewsPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get('status');
  const view = REVIEW_VIEWS.find((each) => each === wanted) ?? 'PENDING';
  return (
    <Page title={t('reviews.title')}>
      <Tabs
        label={t('reviews.title')}
        value={view}
        onChange={(next) => go(`/reviews?status=${next}`, { replace: true })}
        tabs={REVIEW_VIEWS.map((value) => ({
          value,
          label: t(value === 'REPORTED' ? 'reviews.reported' : `review.status.${value}`),
        }))}
      >
        <ReviewList view={view} />
      </Tabs>
    </Page>
  );
}

function ReviewList({ view }: { readonly view: ReviewView }) {
  const { t } = useI18n();
  const found = useInfiniteQuery({
    queryKey: [REVIEWS_KEY, view],
    queryFn: ({ pageParam, signal }) => readReviews(view, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ reviews }) => (reviews?.pageInfo.hasNextPage ? reviews.pageInfo.endCursor : null),
  });
  const reviews = found.data?.pages.flatMap((page) => page.reviews?.nodes ?? []) ?? [];
  return (
    <div className="flex flex-col gap-4 pt-4">
      {found.isPending && <RowSkeletons />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && reviews.length === 0 && (
        <EmptyState
          icon={<MessageSquareText aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('reviews.empty.title')}
          text={t(`reviews.empty.${view}`)}
        />
      )}
      {reviews.length > 0 && (
        <ul className="overflow-hidden rounded-card border bg-surface">
          {reviews.map((review) => (
            <ReviewRow key={review.id} review={review} />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </div>
  );
}
