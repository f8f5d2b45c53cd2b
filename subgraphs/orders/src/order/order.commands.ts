import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { money } from '@souk/kit/domain';
import { DescribeOrder, FindPurchase } from '../contract.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import type { OrderService } from './order.service.ts';
import { isPurchased } from './purchase.repository.ts';

/** Handlers of the commands that other subgraphs send about orders. */
export function orderCommands(orders: OrderService, unitOfWork: OrdersUnitOfWork): CommandHandler[] {
  return [
    handleCommand(DescribeOrder, async (ctx, { orderId }) => {
      const view = await orders.load(ctx, orderId);
      if (!view) return { order: null };
      const { number, email, locale, currency, total_minor } = view.order;
      return {
        order: { number, email, locale, total: money(total_minor, currency), accessToken: orders.tokenFor(ctx, view) },
      };
    }),
    handleCommand(FindPurchase, async (ctx, { customerId, productId }) => ({
      isFound: await unitOfWork.quickRead(ctx, (tx) => isPurchased(tx, customerId, productId)),
    })),
  ];
}
