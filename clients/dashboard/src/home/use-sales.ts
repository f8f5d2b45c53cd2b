import { OrdersDocument, type OrdersQuery } from '@souk/sdk';
import { useQuery } from '@tanstack/react-query';
import { souk } from '../api/client.ts';
import { startOfDay } from './today.ts';

type ReadOrder = NonNullable<OrdersQuery['orders']>['nodes'][number];

const PAGE_SIZE = 200;
const MAX_PAGES = 5;
const DAYS = 7;

/** Reads at most 1,000 orders of today and the seven days before. `isPartial` is true when there are more. */
export function useRecentOrders(enabled: boolean) {
  return useQuery({
    queryKey: ['sales'],
    enabled,
    queryFn: async ({ signal }) => {
      const placedAfter = new Date(startOfDay(Date.now(), DAYS)).toISOString();
      const orders: ReadOrder[] = [];
      let after: string | null = null;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer: OrdersQuery = await souk.run(
          OrdersDocument,
          { first: PAGE_SIZE, after, filter: { placedAfter } },
          { signal },
        );
        orders.push(...(answer.orders?.nodes ?? []));
        if (!answer.orders?.pageInfo.hasNextPage) return { orders, isPartial: false };
        after = answer.orders.pageInfo.endCursor;
      }
      return { orders, isPartial: true };
    },
  });
}
