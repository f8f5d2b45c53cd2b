import type { OrdersQuery } from '@souk/sdk';
import { Button, Card, classNames, EmptyState } from '@souk/ui';
import { Pause, Play, ShoppingBag } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { withRead, type LiveOrder } from '../live/arrivals.ts';
import { useLiveOrders } from '../live/live-orders.tsx';
import { RowSkeletons } from '../page/page-states.tsx';
import { Status } from '../page/status.tsx';

type ReadOrder = NonNullable<OrdersQuery['orders']>['nodes'][number];
type ShownOrder = LiveOrder & Pick<ReadOrder, 'status' | 'paymentStatus' | 'fulfillmentStatus'>;

export interface LiveStripProps {
  /** Orders from before the subscription began, newest first. */
  readonly read: readonly ReadOrder[];
  readonly isLoading: boolean;
}

const ICON = { className: 'size-4', strokeWidth: 1.75, 'aria-hidden': true } as const;

/**
 * A list of orders that updates as orders arrive and change. While paused, the list stays the same and shows the number
 * of new changes.
 */
export function LiveStrip({ read, isLoading }: LiveStripProps) {
  const { t } = useI18n();
  const live = useLiveOrders().orders;
  const [held, setHeld] = useState<readonly LiveOrder[] | null>(null);
  const readBefore = read.map((order) => ({ ...order, change: null, receivedAt: 0 }));
  // `LiveOrder` types statuses as `string`. The cast is safe, because every order comes from the API.
  const shown = withRead(held ?? live, readBefore) as readonly ShownOrder[];
  const waiting = held === null ? 0 : live.filter((order) => !held.includes(order)).length;
  return (
    <Card
      title={t('home.live')}
      flush
      aside={
        <Button
          size="small"
          kind="quiet"
          icon={held === null ? <Pause {...ICON} /> : <Play {...ICON} />}
          onClick={() => setHeld(held === null ? live : null)}
        >
          {t(held === null ? 'home.pause' : 'home.resume')}
        </Button>
      }
    >
      {held !== null && (
        <p className="border-b bg-warn-soft px-4 py-2 text-14 text-warn">{t('home.paused', { count: waiting })}</p>
      )}
      {isLoading && shown.length === 0 && <RowSkeletons count={6} />}
      {!isLoading && shown.length === 0 && (
        <EmptyState
          icon={<ShoppingBag aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('home.live.empty.title')}
          text={t('home.live.empty.text')}
        />
      )}
      <ol aria-live="polite" aria-relevant="additions" aria-label={t('home.live')}>
        {shown.map((order) => (
          <LiveRow key={order.id} order={order} />
        ))}
      </ol>
    </Card>
  );
}

function LiveRow({ order }: { readonly order: ShownOrder }) {
  const { money, ago } = useI18n();
  const isNew = order.receivedAt > 0;
  return (
    <li
      key={order.version}
      className={classNames(
        'relative flex items-center gap-3 border-b px-4 py-2.5 text-14 last:border-b-0 hover:bg-hover',
        isNew && 'animate-arrive',
      )}
    >
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <Link href={`/orders/${order.id}`} className="font-medium after:absolute after:inset-0">
            {order.number}
          </Link>
          <span className="text-12 text-ink-3">{ago(order.placedAt)}</span>
        </p>
        <p className="truncate text-ink-2">{order.email}</p>
      </div>
      <div className="hidden sm:block">
        {order.status === 'CANCELED' ? (
          <Status of="order.status" value="CANCELED" />
        ) : (
          <Status of="order.fulfillmentStatus" value={order.fulfillmentStatus} />
        )}
      </div>
      <span className="w-24 text-end font-medium tabular-nums">{money(order.totals.total)}</span>
    </li>
  );
}
