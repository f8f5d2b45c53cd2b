import { OrdersDocument, PaymentListDocument, StockLevelListDocument } from '@souk/sdk';
import { useQuery } from '@tanstack/react-query';
import { souk } from '../api/client.ts';
import { useMay } from '../session/use-session.ts';

const PAGE_SIZE = 200;
const DAY_MS = 86_400_000;

/** A SKU with this number of available units or fewer is low in stock. */
export const LOW_STOCK = 5;

/** Counts the orders that are paid and not packed. At most 200 are counted. */
export function useUnshipped() {
  const may = useMay();
  return useQuery({
    queryKey: ['needs', 'unshipped'],
    enabled: may('orders:read'),
    queryFn: async ({ signal }) => {
      const filter = { status: 'CONFIRMED', fulfillmentStatus: 'UNFULFILLED' } as const;
      const { orders } = await souk.run(OrdersDocument, { first: PAGE_SIZE, filter }, { signal });
      const dayAgo = Date.now() - DAY_MS;
      const nodes = orders?.nodes ?? [];
      return {
        count: nodes.length,
        hasMore: orders?.pageInfo.hasNextPage ?? false,
        late: nodes.filter(({ placedAt }) => Date.parse(placedAt) < dayAgo).length,
      };
    },
  });
}

/** Reads the stock levels that are low. Checks the first 200 levels only. */
export function useLowStock() {
  const may = useMay();
  return useQuery({
    queryKey: ['needs', 'stock'],
    enabled: may('stock:read'),
    queryFn: async ({ signal }) => {
      const { stockLevels } = await souk.run(StockLevelListDocument, { first: PAGE_SIZE }, { signal });
      return (stockLevels?.nodes ?? []).filter(({ available }) => available <= LOW_STOCK);
    },
  });
}

/** Reads the payments that the provider declined. */
export function useFailedPayments() {
  const may = useMay();
  return useQuery({
    queryKey: ['needs', 'payments'],
    enabled: may('payments:read'),
    queryFn: async ({ signal }) => {
      const { payments } = await souk.run(
        PaymentListDocument,
        { first: PAGE_SIZE, filter: { status: ['FAILED'] } },
        { signal },
      );
      return payments?.nodes ?? [];
    },
  });
}
