import { hasScope } from '@souk/kit/context';
import { RequestLoader } from '@souk/kit/graphql';
import { OrdersRead } from '../contract.ts';
import type { OrderView } from './order-details.loader.ts';
import type { OrderService } from './order.service.ts';

/** Loads orders by id, once per request. */
export type OrderLoader = RequestLoader<string, OrderView>;

/** Loads orders for references. A reference carries no access token, so only staff may follow one. */
export function orderLoader(orders: OrderService): OrderLoader {
  return new RequestLoader(async (ctx, ids) => {
    const views = hasScope(ctx, OrdersRead) ? await orders.loadMany(ctx, ids) : [];
    return new Map(views.map((view) => [view.order.id, view]));
  });
}
