import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { money } from '@souk/kit/domain';
import { DescribeOrder } from '../contract.ts';
import type { OrderService } from './order.service.ts';

/** Handlers of the commands that other subgraphs send about orders. */
export function orderCommands(orders: OrderService): CommandHandler[] {
  return [
    handleCommand(DescribeOrder, async (ctx, { orderId }) => {
      const view = await orders.load(ctx, orderId);
      if (!view) return { order: null };
      const { number, email, locale, currency, total_minor } = view.order;
      return {
        order: { number, email, locale, total: money(total_minor, currency), accessToken: orders.tokenFor(ctx, view) },
      };
    }),
  ];
}
