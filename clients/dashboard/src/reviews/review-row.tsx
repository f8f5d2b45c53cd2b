import { Badge, TextLink } from '@souk/ui';
import { Star } from 'lucide-react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';
import type { ListedReview } from './review-actions.ts';
import { ReviewDecisions } from './review-decisions.tsx';

const PLACES = [1, 2, 3, 4, 5] as const;

/** A review with its product and author, and a button for each decision that the staff member may take. */
export function ReviewRow({ review }: { readonly review: ListedReview }) {
  const { t, dateTime } = useI18n();
  const may = useMay();
  const { title, body, displayName, reply, rejectionReason, reportCount } = review;
  const author = [displayName, may('customers:read') && review.customer?.email, dateTime(review.submittedAt)];
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 border-b px-4 py-4 last:border-b-0">
      <div className="flex max-w-[44rem] min-w-0 flex-1 basis-72 flex-col gap-1.5 text-14">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Stars rating={review.rating} />
          <Status of="review.status" value={review.status} />
          {review.verifiedPurchase && <Badge tone="good">{t('reviews.verified')}</Badge>}
          {reportCount ? <Badge tone="bad">{t('reviews.reports', { count: reportCount })}</Badge> : null}
        </p>
        <h2 className="font-medium break-words">{title}</h2>
        <p className="break-words whitespace-pre-line text-ink-2">{body}</p>
        <p className="break-words text-12 text-ink-3">
          <ProductName review={review} />
          {' · '}
          {author.filter(Boolean).join(' · ')}
        </p>
        {rejectionReason && <p className="text-ink-2">{t('reviews.rejectedFor', { reason: rejectionReason })}</p>}
        {reply && (
          <div className="mt-1 border-s-2 ps-3">
            <p className="text-12 font-medium">{t('reviews.reply.label')}</p>
            <p className="break-words whitespace-pre-line text-ink-2">{reply}</p>
          </div>
        )}
      </div>
      {may('reviews:write') && <ReviewDecisions review={review} />}
    </li>
  );
}

/** The name of the product, as a link for staff who may edit products. */
function ProductName({ review: { product } }: { readonly review: ListedReview }) {
  const { t } = useI18n();
  const may = useMay();
  if (product === null) return t('reviews.productHidden');
  if (!may('catalog:write')) return product.name;
  return (
    <TextLink asChild>
      <Link href={`/products/${product.id}`}>{product.name}</Link>
    </TextLink>
  );
}

function Stars({ rating }: { readonly rating: number }) {
  const { t } = useI18n();
  return (
    <span role="img" aria-label={t('reviews.stars', { rating })} className="inline-flex gap-0.5 text-accent">
      {PLACES.map((place) => (
        <Star
          key={place}
          aria-hidden
          className="size-4"
          strokeWidth={1.75}
          fill={place <= rating ? 'currentColor' : 'none'}
        />
      ))}
    </span>
  );
}
