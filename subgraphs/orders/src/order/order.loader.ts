import { hasScope } from '@souk/kit/context';
import { RequestLoader } from '@souk/kit/graphql';
import { OrdersRead } from '../contract.ts';
import type { OrderView } from './order-details.loader.ts';
import type { OrderService } from './order.service.ts';

/** Loads each order once per request, by id. */
export type OrderLoader = RequestLoader<string, OrderView>;

/**
 * Loads orders that other subgraphs refer to. A reference has no access token, so only staff with `orders:read` may load orders by
 * reference.
 */
export function orderLoader(orders: OrderService): OrderLoader {
  return new RequestLoader(async (ctx, ids) => {
    const views = hasScope(ctx, OrdersRead) ? await orders.loadMany(ctx, ids) : [];
    return new Map(views.map((view) => [view.order.id, view]));
  });
}
