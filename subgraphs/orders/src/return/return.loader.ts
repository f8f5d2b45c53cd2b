import { RequestLoader } from '@souk/kit/graphql';
import type { OrderView } from '../order/order-details.loader.ts';
import type { OrderService } from '../order/order.service.ts';
import type { StoredReturn } from './return.repository.ts';
import type { ReturnService } from './return.service.ts';

export type OrderReturnsLoader = RequestLoader<string, readonly StoredReturn[]>;
export type ReturnOrderLoader = RequestLoader<string, OrderView>;

/** Loads the returns of visible orders, in one statement per request. */
export function orderReturnsLoader(returns: ReturnService): OrderReturnsLoader {
  return new RequestLoader((ctx, orderIds) => returns.ofOrders(ctx, orderIds));
}

/** Loads the orders of visible returns. A caller who may see a return may see its order. */
export function returnOrderLoader(orders: OrderService): ReturnOrderLoader {
  return new RequestLoader(async (ctx, ids) => {
    const views = await orders.loadMany(ctx, ids);
    return new Map(views.map((view) => [view.order.id, view]));
  });
}
