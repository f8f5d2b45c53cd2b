import type { ProductReviewsQuery } from '@souk/sdk';
import { useI18n } from '../i18n/use-i18n.ts';
import { Stars } from './stars.tsx';

type Rating = NonNullable<ProductReviewsQuery['product']>['rating'];

/** The average rating of a product, and the numbers of reviews by stars. Hidden without reviews. */
export function RatingSummary({ rating: { average, count, distribution } }: { readonly rating: Rating }) {
  const { t, locale } = useI18n();
  if (average === null) return null;
  return (
    <div className="flex flex-col gap-4">
      <p className="flex items-center gap-3">
        <span className="font-serif text-36">{average.toLocaleString(locale, { maximumFractionDigits: 1 })}</span>
        <span className="flex flex-col gap-1 text-12 text-ink-3">
          <Stars rating={average} />
          {t('review.count', { count })}
        </span>
      </p>
      <ul className="flex flex-col gap-1.5 text-12 text-ink-2">
        {distribution
          .map((reviews, index) => ({ stars: index + 1, reviews }))
          .toReversed()
          .map(({ stars, reviews }) => (
            <li key={stars} className="grid grid-cols-[auto_minmax(0,1fr)_2ch] items-center gap-3">
              <span>{t('review.starRow', { stars })}</span>
              <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
                <span className="block h-full bg-accent" style={{ inlineSize: `${(reviews / count) * 100}%` }} />
              </span>
              <span className="text-end tabular-nums">{reviews}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
