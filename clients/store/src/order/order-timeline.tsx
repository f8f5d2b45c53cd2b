import { classNames, TextLink } from '@souk/ui';
import type { OrderEventsQuery, OrderShowQuery } from '@souk/sdk';
import { Check } from 'lucide-react';
import { useI18n } from '../i18n/use-i18n.ts';
import { progressOf } from './progress.ts';

export interface OrderTimelineProps {
  readonly events: NonNullable<OrderEventsQuery['order']>['events']['nodes'];
  readonly fulfillments: NonNullable<OrderShowQuery['order']>['fulfillments'];
  /** Whether new events appear without a reload. */
  readonly isLive: boolean;
}

/** The progress of an order as a list of steps. */
export function OrderTimeline({ events, fulfillments, isLive }: OrderTimelineProps) {
  const { t, dateTime } = useI18n();
  return (
    <section>
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-18 font-semibold">{t('order.progress')}</h2>
        {isLive && (
          <p className="flex items-center gap-2 text-12 text-ink-3">
            <span aria-hidden className="size-2 rounded-full bg-good" />
            {t('order.live')}
          </p>
        )}
      </div>
      <ol aria-live="polite" className="grid gap-0 sm:grid-cols-5">
        {progressOf(events).map(({ step, at }) => (
          <li
            key={step}
            className={classNames(
              'relative flex gap-3 pb-6 last:pb-0 sm:flex-col sm:pb-0',
              'before:absolute before:start-3 before:top-7 before:bottom-0 before:w-px before:bg-line-strong last:before:hidden sm:before:start-8 sm:before:end-1 sm:before:top-3 sm:before:bottom-auto sm:before:h-px sm:before:w-auto',
            )}
          >
            <span
              aria-hidden
              className={classNames(
                'grid size-6 shrink-0 place-items-center rounded-full border',
                at ? 'border-good bg-good text-paper' : 'border-line-strong bg-paper',
              )}
            >
              {at && <Check className="size-3.5" strokeWidth={2.5} />}
            </span>
            <span className="sm:pe-3">
              <span className={classNames('block text-14', at ? 'font-medium' : 'text-ink-3')}>
                {t(`order.step.${step}`)}
              </span>
              <span className="block text-12 text-ink-3">{at ? dateTime(at) : t('order.step.open')}</span>
            </span>
          </li>
        ))}
      </ol>
      <Parcels fulfillments={fulfillments} />
      <History events={events} />
    </section>
  );
}

function Parcels({ fulfillments }: Pick<OrderTimelineProps, 'fulfillments'>) {
  const { t } = useI18n();
  const tracked = fulfillments.filter(
    ({ trackingNumber, trackingUrl, status }) => (trackingNumber ?? trackingUrl) && status !== 'CANCELED',
  );
  if (tracked.length === 0) return null;
  return (
    <ul className="mt-6 flex flex-col gap-2 rounded-card border bg-surface p-4 text-14">
      {tracked.map(({ id, carrier, trackingNumber, trackingUrl }, index) => (
        <li key={id} className="flex flex-wrap justify-between gap-2">
          <span className="font-medium">{t('order.parcel', { number: index + 1 })}</span>
          <TrackingLink url={trackingUrl}>
            {t('order.tracking', { carrier: carrier ?? '', number: trackingNumber ?? '' })}
          </TrackingLink>
        </li>
      ))}
    </ul>
  );
}

function TrackingLink({ url, children }: { readonly url: string | null; readonly children: string }) {
  if (url === null) return <span className="text-ink-2">{children}</span>;
  return (
    <TextLink asChild>
      <a href={url} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    </TextLink>
  );
}

function History({ events }: Pick<OrderTimelineProps, 'events'>) {
  const { t, dateTime } = useI18n();
  return (
    <details className="mt-6 text-14">
      <summary className="cursor-pointer text-ink-2">{t('order.history')}</summary>
      <ol className="mt-3 flex flex-col border-t">
        {events.map(({ id, type, at }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-4 border-b py-2">
            <span>{t(`event.${type}`)}</span>
            <time dateTime={at} className="text-ink-3">
              {dateTime(at)}
            </time>
          </li>
        ))}
      </ol>
    </details>
  );
}
