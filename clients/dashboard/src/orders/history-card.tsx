import { Card, classNames } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import { useSession } from '../session/use-session.ts';
import type { ManagedOrder } from './use-order.ts';

/** The card with the history of an order, latest entry first. New entries appear without a reload. */
export function HistoryCard({ order }: { readonly order: ManagedOrder }) {
  const { t, dateTime } = useI18n();
  const userId = useSession()?.user.id;
  const entries = order.events.nodes.toReversed();
  return (
    <Card title={t('order.history')}>
      <ol className="flex flex-col" aria-live="polite">
        {entries.map(({ id, type, at, by, message }, index) => (
          <li key={id} className="relative flex gap-3 pb-4 last:pb-0">
            {index < entries.length - 1 && (
              <span aria-hidden className="absolute start-[3.5px] top-3 bottom-[-6px] w-px bg-line" />
            )}
            <span
              aria-hidden
              className={classNames(
                'mt-1.5 size-2 shrink-0 rounded-full',
                index === 0 ? 'bg-accent' : 'bg-line-strong',
              )}
            />
            <div className="min-w-0 text-14">
              <p className="font-medium">{t(`event.${type}`)}</p>
              {message && <p className="break-words text-ink-2">{message}</p>}
              <p className="text-12 text-ink-3">
                {dateTime(at)}
                {by && ` · ${t(by === userId ? 'order.history.you' : 'order.history.staff')}`}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
