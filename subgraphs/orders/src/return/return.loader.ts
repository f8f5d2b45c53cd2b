import { RequestLoader } from '@souk/kit/graphql';
import type { OrderView } from '../order/order-details.loader.ts';
import type { OrderService } from '../order/order.service.ts';
import type { StoredReturn } from './return.repository.ts';
import type { ReturnService } from './return.service.ts';

export type OrderReturnsLoader = RequestLoader<string, readonly StoredReturn[]>;
export type ReturnOrderLoader = RequestLoader<string, OrderView>;

/** Loads the returns of orders, with one statement per request. The caller must have checked access to the orders. */
export function orderReturnsLoader(returns: ReturnService): OrderReturnsLoader {
  return new RequestLoader((ctx, orderIds) => returns.ofOrders(ctx, orderIds));
}

/** Loads the orders of returns. Access to a return includes access to its order. */
export function returnOrderLoader(orders: OrderService): ReturnOrderLoader {
  return new RequestLoader(async (ctx, ids) => {
    const views = await orders.loadMany(ctx, ids);
    return new Map(views.map((view) => [view.order.id, view]));
  });
}
