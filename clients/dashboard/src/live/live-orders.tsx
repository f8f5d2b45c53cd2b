import { OrdersChangedDocument, type OrdersChangedSubscription } from '@souk/sdk';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { sockets } from '../api/client.ts';
import { useMay } from '../session/use-session.ts';
import { arrive, type LiveOrder } from './arrivals.ts';

/** The orders that changed since the dashboard was opened. */
interface LiveOrders {
  /** The changed orders, latest change first. Each order is in the list once. */
  readonly orders: readonly LiveOrder[];
  /** False after the subscription has failed, and for staff who may not read orders. */
  readonly isLive: boolean;
}

const Context = createContext<LiveOrders>({ orders: [], isLive: false });

/**
 * The shortest time between two refreshes of the order lists. Without this limit, a burst of changes would exceed the
 * rate limit of the staff's requests.
 */
const REFRESH_MS = 4000;
/** Keys of the cached queries that show many orders. */
const ORDER_QUERIES = [['orders'], ['sales'], ['needs', 'unshipped'], ['customer']];

/** Subscribes to the shop's orders, and refreshes every query that shows a changed order. */
export function LiveOrdersProvider({ children }: { readonly children: ReactNode }) {
  const mayRead = useMay()('orders:read');
  const queries = useQueryClient();
  const [orders, setOrders] = useState<readonly LiveOrder[]>([]);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    if (!mayRead) return undefined;
    const refresh = refresher(queries);
    const end = sockets.subscribe(
      OrdersChangedDocument,
      {},
      {
        next: ({ data }) => {
          if (!data?.ordersChanged.order) return;
          const { type, order } = data.ordersChanged;
          setOrders((others) => arrive(others, liveOrderOf(type, order, Date.now())));
          refresh.soon(order.id);
        },
        error: () => setHasFailed(true),
        missed: () => void queries.invalidateQueries(),
      },
    );
    return () => {
      end();
      refresh.cancel();
    };
  }, [mayRead, queries]);
  const value = useMemo(() => ({ orders, isLive: mayRead && !hasFailed }), [orders, mayRead, hasFailed]);
  return <Context value={value}>{children}</Context>;
}

export function useLiveOrders(): LiveOrders {
  return use(Context);
}

type ChangedOrder = NonNullable<OrdersChangedSubscription['ordersChanged']['order']>;

function liveOrderOf(type: string, order: ChangedOrder, receivedAt: number): LiveOrder {
  return { ...order, change: type, receivedAt };
}

function refresher(queries: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refreshedAt = 0;
  const refresh = () => {
    timer = undefined;
    refreshedAt = Date.now();
    for (const queryKey of ORDER_QUERIES) void queries.invalidateQueries({ queryKey });
  };
  return {
    soon(orderId: string) {
      void queries.invalidateQueries({ queryKey: ['order', orderId] });
      timer ??= setTimeout(refresh, Math.max(0, refreshedAt + REFRESH_MS - Date.now()));
    },
    cancel: () => clearTimeout(timer),
  };
}
