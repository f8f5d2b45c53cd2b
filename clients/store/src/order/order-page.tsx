import {
  OrderEventsDocument,
  OrderReturnsDocument,
  OrderShowDocument,
  OrderStatusChangedDocument,
  type OrderEventsQuery,
  type OrderShowQuery,
} from '@souk/sdk';
import { everyKey, SoukProvider, useOperation, useSubscriptionOperation } from '@souk/sdk/react';
import { EmptyState, Notice, Skeleton } from '@souk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useEffect } from 'react';
import { useParams } from 'wouter';
import { http } from '../api/clients.ts';
import { live } from '../api/live.ts';
import { useSignedIn } from '../session/session-store.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { MoneyRows } from '../page/money-rows.tsx';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { FindOrder } from './find-order.tsx';
import { OrderInvoices } from './order-invoices.tsx';
import { OrderFacts } from './order-facts.tsx';
import { OrderLines } from './order-lines.tsx';
import { linkedToken } from './linked-token.ts';
import { keepOrder, useKeptOrders } from './order-store.ts';
import { OrderTimeline } from './order-timeline.tsx';
import { OrderReturns } from './returns/order-returns.tsx';

type Order = NonNullable<OrderShowQuery['order']>;
type Events = NonNullable<OrderEventsQuery['order']>['events']['nodes'];

export function OrderPage() {
  const { id = '' } = useParams();
  const kept = useKeptOrders().find((order) => order.id === id);
  const accessToken = linkedToken(location.hash) ?? kept?.accessToken ?? null;
  if (!useSignedIn() && accessToken === null) return <MissingKey />;
  return (
    <SoukProvider http={http} live={live}>
      <LiveOrder id={id} accessToken={accessToken} />
    </SoukProvider>
  );
}

/** The page of an order for which this browser has no access token. */
function MissingKey() {
  const { t } = useI18n();
  return (
    <Page title={t('order.missing.title')}>
      <h1 className="sr-only">{t('order.missing.title')}</h1>
      <EmptyState
        icon={<KeyRound aria-hidden className="size-8" strokeWidth={1.5} />}
        title={t('order.missing.title')}
        text={t('order.missing.text')}
      />
      <div className="mx-auto max-w-md">
        <FindOrder />
      </div>
    </Page>
  );
}

/**
 * An order that updates live. When the subscription has started, the order is read again, because it may have changed
 * since the first read.
 */
function LiveOrder({ id, accessToken }: { readonly id: string; readonly accessToken: string | null }) {
  const cache = useQueryClient();
  const order = useOperation(OrderShowDocument, { id, accessToken });
  const events = useOperation(OrderEventsDocument, { orderId: id, accessToken, first: 200 });
  const readAgain = () => {
    void cache.invalidateQueries({ queryKey: everyKey(OrderShowDocument) });
    void cache.invalidateQueries({ queryKey: everyKey(OrderEventsDocument) });
    void cache.invalidateQueries({ queryKey: everyKey(OrderReturnsDocument) });
  };
  const failure = useSubscriptionOperation(
    OrderStatusChangedDocument,
    { orderId: id, accessToken },
    { next: readAgain, missed: readAgain, started: readAgain },
  );
  const shown = order.data?.order;
  useEffect(() => {
    if (shown && accessToken !== null) keepOrder({ id, number: shown.number, placedAt: shown.placedAt, accessToken });
  }, [id, accessToken, shown]);
  if (order.error) return <LoadError error={order.error} onRetry={readAgain} />;
  if (order.isPending) return <OrderSkeleton />;
  if (!order.data.order) return <MissingKey />;
  return (
    <OrderDetails
      order={order.data.order}
      accessToken={accessToken}
      events={events.data?.order?.events.nodes ?? []}
      isLive={failure === null}
    />
  );
}

interface OrderDetailsProps {
  readonly order: Order;
  readonly accessToken: string | null;
  readonly events: Events;
  readonly isLive: boolean;
}

function OrderDetails({ order, accessToken, events, isLive }: OrderDetailsProps) {
  const { t, dateTime } = useI18n();
  const title = t('order.title', { number: order.number });
  return (
    <Page title={title}>
      <header className="mb-8 flex flex-col gap-2">
        <h1 className="font-serif text-36">{title}</h1>
        <p className="text-16 text-ink-2">{t('order.thanks', { email: order.email })}</p>
        <p className="text-14 text-ink-3">{t('order.placedAt', { time: dateTime(order.placedAt) })}</p>
      </header>
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-16">
        <div className="flex flex-col gap-10">
          {order.status === 'CANCELED' && <Notice tone="warn">{t('order.canceled')}</Notice>}
          <OrderTimeline events={events} isLive={isLive} fulfillments={order.fulfillments} />
          <OrderLines lines={order.lines} />
          <OrderReturns order={order} accessToken={accessToken} />
        </div>
        <div className="flex flex-col gap-6">
          <section aria-label={t('total.title')} className="rounded-card border bg-surface p-6">
            <MoneyRows totals={order.totals} hasShipping />
          </section>
          <OrderFacts order={order} />
          <OrderInvoices orderId={order.id} accessToken={accessToken} />
        </div>
      </div>
    </Page>
  );
}

function OrderSkeleton() {
  return (
    <div className="mx-auto flex w-full max-w-[78rem] flex-col gap-6 px-4 py-10 sm:px-6 lg:px-8">
      <Skeleton className="h-10 w-72" />
      <Skeleton className="h-28" />
      <Skeleton className="h-48" />
    </div>
  );
}
