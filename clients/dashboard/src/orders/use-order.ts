import { ManagedOrderDocument, type ManagedOrderQuery } from '@souk/sdk';
import { useQuery } from '@tanstack/react-query';
import { souk } from '../api/client.ts';

/** An order with every field that its page shows. */
export type ManagedOrder = NonNullable<ManagedOrderQuery['order']>;
export type ManagedPayment = NonNullable<ManagedOrder['payments']>[number];
export type Parcel = ManagedOrder['fulfillments'][number];

export const orderKey = (id: string) => ['order', id] as const;

/** Reads an order. Null when the order does not exist. */
export async function readOrder(id: string, signal?: AbortSignal): Promise<ManagedOrder | null> {
  const { order } = await souk.run(ManagedOrderDocument, { id }, { ...(signal && { signal }) });
  return order;
}

export function useOrder(id: string) {
  return useQuery({ queryKey: orderKey(id), queryFn: ({ signal }) => readOrder(id, signal) });
}
