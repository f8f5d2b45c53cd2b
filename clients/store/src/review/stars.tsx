import { Star } from 'lucide-react';
import { useI18n } from '../i18n/use-i18n.ts';

const PLACES = [1, 2, 3, 4, 5] as const;

/** Stars for a rating, rounded to whole stars. Screen readers read the exact rating. */
export function Stars({ rating }: { readonly rating: number }) {
  const { t } = useI18n();
  return (
    <span role="img" aria-label={t('review.stars', { rating })} className="inline-flex gap-0.5 text-accent">
      {PLACES.map((place) => (
        <Star
          key={place}
          aria-hidden
          className="size-4"
          strokeWidth={1.75}
          fill={place <= Math.round(rating) ? 'currentColor' : 'none'}
        />
      ))}
    </span>
  );
}

interface Rating {
  readonly average: number | null;
  readonly count: number;
}

/** The stars and the number of reviews of a product. Hidden without reviews. */
export function RatingLine({ rating: { average, count } }: { readonly rating: Rating }) {
  const { t } = useI18n();
  if (average === null) return null;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 text-12 text-ink-3">
      <Stars rating={average} />
      {t('review.count', { count })}
    </span>
  );
}
