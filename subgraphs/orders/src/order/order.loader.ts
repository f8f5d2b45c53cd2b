import { hasScope } from '@souk/kit/context';
import { RequestLoader } from '@souk/kit/graphql';
import { OrdersRead } from '../contract.ts';
import type { OrderView } from './order-details.loader.ts';
import type { OrderService } from './order.service.ts';

/** Loads each order once per request, by its id. */
export type OrderLoader = RequestLoader<string, OrderView>;

/** Loads the orders of references. A reference contains no access token, so only staff may load an order by a reference. */
export function orderLoader(orders: OrderService): OrderLoader {
  return new RequestLoader(async (ctx, ids) => {
    const views = hasScope(ctx, OrdersRead) ? await orders.loadMany(ctx, ids) : [];
    return new Map(views.map((view) => [view.order.id, view]));
  });
}
