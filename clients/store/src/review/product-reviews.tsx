import { MyReviewDocument, ProductReviewsDocument, type ProductBySlugQuery, type ProductReviewsQuery } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { Badge, Button, Notice, TextLink } from '@souk/ui';
import { useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useSignedIn } from '../session/session-store.ts';
import { RatingSummary } from './rating-summary.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { Stars } from './stars.tsx';

type Product = NonNullable<ProductBySlugQuery['product']>;
type Review = NonNullable<ProductReviewsQuery['product']>['reviews']['nodes'][number];

const SHOWN = 5;
const MORE = 50;

/** The reviews of a product. A loading error is not shown, because the page is usable without this section. */
export function ProductReviews({ product }: { readonly product: Product }) {
  const { t } = useI18n();
  const [first, setFirst] = useState(SHOWN);
  const { data, refetch } = useOperation(ProductReviewsDocument, { slug: product.slug, first });
  const reviews = data?.product?.reviews;
  return (
    <section id="reviews" className="mt-16 border-t pt-10">
      <h2 className="mb-6 font-serif text-22">{t('review.title')}</h2>
      <div className="grid gap-8 md:grid-cols-[16rem_minmax(0,1fr)] lg:gap-16">
        <div className="flex flex-col gap-6">
          <RatingSummary rating={data?.product?.rating ?? product.rating} />
          <OwnReview product={product} onSaved={() => void refetch()} />
        </div>
        <div className="flex flex-col items-start gap-6">
          {reviews?.nodes.length === 0 && <p className="text-14 text-ink-3">{t('review.none')}</p>}
          <ul className="flex w-full flex-col gap-8">
            {reviews?.nodes.map((review) => (
              <ReviewItem key={review.id} review={review} />
            ))}
          </ul>
          {reviews?.pageInfo.hasNextPage && first < MORE && (
            <Button size="small" onClick={() => setFirst(MORE)}>
              {t('review.more')}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** Writes or changes the review of the customer. Guests are asked to sign in. */
function OwnReview({ product, onSaved }: { readonly product: Product; readonly onSaved: () => void }) {
  const { t } = useI18n();
  const isSignedIn = useSignedIn();
  const [isWriting, setWriting] = useState(false);
  const { data, refetch } = useOperation(
    MyReviewDocument,
    { slug: product.slug },
    { enabled: isSignedIn, staleTime: 0 },
  );
  if (!isSignedIn)
    return (
      <p className="text-14 text-ink-2">
        <TextLink asChild>
          <Link href="/account">{t('review.signIn')}</Link>
        </TextLink>
      </p>
    );
  const own = data?.product?.myReview ?? null;
  const finish = () => {
    setWriting(false);
    void refetch();
    onSaved();
  };
  return (
    <div className="flex flex-col items-start gap-3">
      {own && own.status !== 'PUBLISHED' && (
        <Notice tone={own.status === 'REJECTED' ? 'bad' : 'info'}>
          {own.rejectionReason ? t('review.rejected', { reason: own.rejectionReason }) : t('review.pending')}
        </Notice>
      )}
      <Button onClick={() => setWriting(true)} disabled={!data}>
        {own ? t('review.edit') : t('review.write')}
      </Button>
      {isWriting && (
        <ReviewDialog productId={product.id} own={own} onSaved={finish} onClose={() => setWriting(false)} />
      )}
    </div>
  );
}

function ReviewItem({ review }: { readonly review: Review }) {
  const { t, dateTime } = useI18n();
  return (
    <li className="flex flex-col gap-2 border-b pb-8 last:border-0">
      <Stars rating={review.rating} />
      <h3 className="text-16 font-medium">
        <bdi>{review.title}</bdi>
      </h3>
      <p className="max-w-measure text-14 whitespace-pre-line text-ink-2">
        <bdi>{review.body}</bdi>
      </p>
      <p className="flex flex-wrap items-center gap-3 text-12 text-ink-3">
        <bdi>{review.displayName}</bdi>
        {review.publishedAt && <time dateTime={review.publishedAt}>{dateTime(review.publishedAt)}</time>}
        {review.verifiedPurchase && <Badge tone="good">{t('review.verified')}</Badge>}
      </p>
      {review.reply && (
        <div className="mt-2 max-w-measure border-s-2 ps-4 text-14">
          <p className="font-medium">{t('review.reply')}</p>
          <p className="whitespace-pre-line text-ink-2">
            <bdi>{review.reply}</bdi>
          </p>
        </div>
      )}
    </li>
  );
}
