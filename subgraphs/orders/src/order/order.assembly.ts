import type { SubgraphDependencies } from '@souk/kit/runtime';
import { RequestLoader, type ReferenceResolvers } from '@souk/kit/graphql';
import type { RequestContext } from '@souk/kit/context';
import type { CartService } from '../cart/cart.service.ts';
import { attemptCleanUpJob } from '../attempt-limit/attempt-clean-up.job.ts';
import type { OrdersDatabase } from '../database.ts';
import { presentFulfillment } from '../fulfillment/fulfillment.presenter.ts';
import { FulfillmentResolver } from '../fulfillment/fulfillment.resolver.ts';
import { FulfillmentService } from '../fulfillment/fulfillment.service.ts';
import { FulfillmentType, WarehouseStub } from '../fulfillment/fulfillment.types.ts';
import { warehouseNameLoader } from '../fulfillment/warehouse-name.loader.ts';
import { WarehouseNameResolver } from '../fulfillment/warehouse-name.resolver.ts';
import type { Fulfillment } from '../fulfillment/fulfillment.ts';
import { CustomerOrders } from './customer-orders.service.ts';
import { CustomerOrdersResolver } from './customer-orders.resolver.ts';
import { OrderAccessResolver } from './order-access.resolver.ts';
import { OrderAccessService } from './order-access.service.ts';
import { OrderAccess } from './order-access.ts';
import { OrderCompensationJob } from './order-compensation.job.ts';
import { orderCommands } from './order.commands.ts';
import { orderLoader, type OrderLoader } from './order.loader.ts';
import { OrderImportService } from './order-import.service.ts';
import { presentOrder } from './order.presenter.ts';
import { OrderResolver } from './order.resolver.ts';
import { OrderService } from './order.service.ts';
import { orderSubscribers } from './order.subscriber.ts';
import { OrderSubscriptionResolver, orderSubscriptions } from './order.subscription.ts';
import { CustomerStub } from './order.types.ts';
import { OwnOrdersResolver, UserStub } from './own-orders.resolver.ts';
import { PaymentOrderResolver, PaymentStub } from './payment-order.resolver.ts';

/** The GraphQL classes of orders and fulfillments. */
export const orderClasses = {
  resolvers: [
    OrderResolver,
    OrderAccessResolver,
    CustomerOrdersResolver,
    OwnOrdersResolver,
    PaymentOrderResolver,
    FulfillmentResolver,
    WarehouseNameResolver,
    OrderSubscriptionResolver,
  ] as const,
  orphanedTypes: [CustomerStub, UserStub, PaymentStub, WarehouseStub, FulfillmentType],
};

/** Creates the services and resolvers of orders and fulfillments. */
export function createOrders(
  dependencies: SubgraphDependencies<OrdersDatabase, unknown>,
  {
    orderAccessSecret = null,
    carts,
  }: { readonly orderAccessSecret?: string | null | undefined; readonly carts: CartService },
) {
  const { unitOfWork, clock, events } = dependencies;
  const orderCompensation = new OrderCompensationJob(dependencies);
  const access = new OrderAccess(orderAccessSecret);
  const orders = new OrderService({ ...dependencies, access, orderCompensation });
  const accesses = new OrderAccessService(unitOfWork, orders, access);
  const byId = orderLoader(orders);
  const fulfillments = new FulfillmentService(unitOfWork, clock);
  const customerOrders = new CustomerOrders(unitOfWork);
  const imports = new OrderImportService(unitOfWork);
  return {
    resolvers: [
      new OrderResolver(orders),
      new OrderAccessResolver(accesses),
      new CustomerOrdersResolver(customerOrders),
      new OwnOrdersResolver(customerOrders, carts),
      new PaymentOrderResolver(byId),
      new FulfillmentResolver(fulfillments),
      new WarehouseNameResolver(warehouseNameLoader(dependencies.commands)),
      new OrderSubscriptionResolver(orders),
    ],
    references: orderReferences(byId, fulfillments),
    nodes: {
      Order: (ctx: RequestContext, id: string) => orders.find(ctx, id, null),
      Fulfillment: async (ctx: RequestContext, id: string) => (await fulfillments.findMany(ctx, [id])).has(id),
    },
    subscriptions: orderSubscriptions(orders, events),
    commands: orderCommands(orders, unitOfWork),
    subscribers: orderSubscribers(clock),
    jobs: [orderCompensation, attemptCleanUpJob(unitOfWork)],
    services: {
      importOrders: imports.import.bind(imports),
      /** The current access token of an order. Null when the order is unknown. */
      async orderAccessToken(ctx: RequestContext, id: string): Promise<string | null> {
        const order = await orders.load(ctx, id);
        return order && orders.tokenFor(ctx, order);
      },
    },
    orders,
    byId,
    orderCompensation,
  };
}

function orderReferences(byId: OrderLoader, fulfillments: FulfillmentService): ReferenceResolvers {
  const fulfillmentLoader = new RequestLoader<string, Fulfillment>((ctx, ids) => fulfillments.findMany(ctx, ids));
  return {
    Order: async ({ id }, ctx) => {
      const view = await byId.load(ctx, String(id));
      return view && presentOrder(view);
    },
    Fulfillment: async ({ id }, ctx) => {
      const fulfillment = await fulfillmentLoader.load(ctx, String(id));
      return fulfillment && presentFulfillment(fulfillment);
    },
    Customer: ({ id }) => ({ id }),
    User: ({ id }) => ({ id }),
    Payment: ({ id, orderId }) => ({ id, orderId }),
  };
}
