import type { OrdersQuery } from '@souk/sdk';
import { classNames } from '@souk/ui';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { Status } from '../page/status.tsx';
import { useRowKeys } from '../page/use-row-keys.ts';

type ListedOrder = NonNullable<OrdersQuery['orders']>['nodes'][number];

export interface OrderListProps {
  readonly orders: readonly ListedOrder[];
  /** Called when the user scrolls near the last loaded row, to load the next page. */
  readonly onNearEnd: () => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

const ROW_PX = 48;
const PHONE_ROW_PX = 72;
const OVERSCAN = 12;
const GRID =
  'grid grid-cols-[1fr_auto] items-center gap-x-3 px-4 max-lg:content-center max-lg:gap-y-1 lg:grid-cols-[7rem_9.5rem_minmax(0,1fr)_8.5rem_6.5rem] xl:grid-cols-[7.5rem_10rem_minmax(0,1fr)_9.5rem_9.5rem_7rem]';

/** A virtualized list of orders: only visible rows are in the DOM. */
export function OrderList({ orders, onNearEnd, searchRef }: OrderListProps) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const frame = useRef<HTMLDivElement>(null);
  const isPhone = window.matchMedia('(max-width: 1023px)').matches;
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler does not memoize this component
  const rows = useWindowVirtualizer({
    count: orders.length,
    estimateSize: () => (isPhone ? PHONE_ROW_PX : ROW_PX),
    overscan: OVERSCAN,
    scrollMargin: frame.current?.offsetTop ?? 0,
  });
  const { marked } = useRowKeys(
    orders.length,
    (index) => go(`/orders/${orders[index]?.id}`),
    (index) => rows.scrollToIndex(index, { align: 'auto' }),
    () => searchRef.current?.focus(),
  );
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= orders.length - OVERSCAN) onNearEnd();
  }, [last, orders.length, onNearEnd]);
  return (
    <div className="rounded-card border bg-surface" role="table" aria-label={t('orders.title')} aria-rowcount={-1}>
      <div role="rowgroup" className="hidden lg:block">
        <div role="row" className={classNames(GRID, 'h-9 border-b text-12 font-medium text-ink-3')}>
          <span role="columnheader">{t('orders.column.number')}</span>
          <span role="columnheader">{t('orders.column.placed')}</span>
          <span role="columnheader">{t('orders.column.buyer')}</span>
          <span role="columnheader" className="hidden xl:block">
            {t('orders.column.payment')}
          </span>
          <span role="columnheader">{t('orders.column.fulfillment')}</span>
          <span role="columnheader" className="text-end">
            {t('orders.column.total')}
          </span>
        </div>
      </div>
      <div ref={frame} role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, start, size }) => {
          const order = orders[index];
          return (
            order && (
              <div
                key={order.id}
                role="row"
                aria-rowindex={index + 1}
                className={classNames(
                  'absolute inset-x-0 border-b last:border-b-0 hover:bg-hover',
                  GRID,
                  index === marked && 'bg-accent-soft hover:bg-accent-soft',
                )}
                style={{ height: size, transform: `translateY(${start - rows.options.scrollMargin}px)` }}
              >
                <OrderCells order={order} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function OrderCells({ order }: { readonly order: ListedOrder }) {
  const { money, dateTime } = useI18n();
  const isCanceled = order.status === 'CANCELED';
  return (
    <>
      <span role="cell" className="truncate text-14 font-medium">
        <Link href={`/orders/${order.id}`} className="after:absolute after:inset-0">
          {order.number}
        </Link>
      </span>
      <span role="cell" className="hidden truncate text-14 text-ink-2 lg:block">
        {dateTime(order.placedAt)}
      </span>
      <span
        role="cell"
        className="col-start-1 row-start-2 truncate text-14 text-ink-2 lg:col-start-auto lg:row-start-auto"
      >
        {order.email}
      </span>
      <span role="cell" className="hidden xl:block">
        <Status of="order.paymentStatus" value={order.paymentStatus} />
      </span>
      <span
        role="cell"
        className="col-start-2 row-start-2 justify-self-end lg:col-start-auto lg:row-start-auto lg:justify-self-start"
      >
        {isCanceled ? (
          <Status of="order.status" value="CANCELED" />
        ) : (
          <Status of="order.fulfillmentStatus" value={order.fulfillmentStatus} />
        )}
      </span>
      <span
        role="cell"
        className="col-start-2 row-start-1 text-end text-14 font-medium tabular-nums lg:col-start-auto lg:row-start-auto lg:font-normal"
      >
        {money(order.totals.total)}
      </span>
    </>
  );
}
