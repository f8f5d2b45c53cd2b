import type { RequestContext } from '@souk/kit/context';
import type { ReferenceResolvers } from '@souk/kit/graphql';
import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { OrdersDatabase } from '../database.ts';
import type { OrderService } from '../order/order.service.ts';
import { OrderReturnsResolver } from './order-returns.resolver.ts';
import { ReturnPolicyResolver } from './return-policy.resolver.ts';
import { ReturnPolicyService } from './return-policy.service.ts';
import { orderReturnsLoader, returnOrderLoader } from './return.loader.ts';
import { presentReturn } from './return.presenter.ts';
import { ReturnResolver } from './return.resolver.ts';
import { ReturnService } from './return.service.ts';

/** The GraphQL classes of returns. */
export const returnClasses = {
  resolvers: [ReturnResolver, OrderReturnsResolver, ReturnPolicyResolver] as const,
};

/** Creates the services and resolvers of returns. */
export function createReturns(
  { unitOfWork, clock }: Pick<SubgraphDependencies<OrdersDatabase, unknown>, 'unitOfWork' | 'clock'>,
  orders: OrderService,
) {
  const returns = new ReturnService(unitOfWork, orders, clock);
  const references: ReferenceResolvers = {
    Return: async ({ id }, ctx) => {
      const found = await returns.find(ctx, String(id), null);
      return found && presentReturn(found);
    },
  };
  return {
    resolvers: [
      new ReturnResolver(returns, returnOrderLoader(orders)),
      new OrderReturnsResolver(orderReturnsLoader(returns)),
      new ReturnPolicyResolver(new ReturnPolicyService(unitOfWork)),
    ],
    references,
    nodes: { Return: (ctx: RequestContext, id: string) => returns.find(ctx, id, null) },
    returns,
  };
}
