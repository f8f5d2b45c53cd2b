import { handleNodeLookup } from '@souk/kit/contracts';
import { defineSubgraph, type SubgraphParts } from '@souk/kit/runtime';
import { cartClasses, createCarts } from './cart/cart.assembly.ts';
import { checkoutClasses, createCheckouts } from './checkout/checkout.assembly.ts';
import type { OnCheckoutStep } from './checkout/checkout-journal.service.ts';
import { FindOrdersNode } from './contract.ts';
import { entities, type OrdersDatabase } from './database.ts';
import { createOrders, orderClasses } from './order/order.assembly.ts';
import { userErrorClasses } from './user-errors.ts';

/** The settings of a deployment. Tables hold the settings of tenants. */
export interface OrdersSettings {
  /** Signs the access tokens of orders. At least 32 random characters; changing it closes every link that was given out. */
  readonly orderAccessSecret: string;
  /** For crash drills; see `OnCheckoutStep`. Default: nothing. */
  readonly onCheckoutStep?: OnCheckoutStep;
}
/** The services that the composition root calls, for instance to load the demo data. */
export type OrdersServices = ReturnType<typeof createSubgraph>['services'];

export const orders = defineSubgraph<OrdersDatabase, OrdersSettings, OrdersServices>({
  name: 'orders',
  migrations: new URL('../migrations/', import.meta.url),
  entities,
  graphql: {
    resolvers: [...cartClasses.resolvers, ...checkoutClasses.resolvers, ...orderClasses.resolvers],
    orphanedTypes: [...cartClasses.orphanedTypes, ...orderClasses.orphanedTypes, ...userErrorClasses],
  },
  create: createSubgraph,
});

function createSubgraph(dependencies: SubgraphParts<OrdersDatabase, OrdersSettings>) {
  const { settings } = dependencies;
  const carts = createCarts(dependencies);
  const placed = createOrders(dependencies, settings);
  const features = { ...placed, pricing: carts.pricing, carts: carts.checkout };
  const checkouts = createCheckouts(dependencies, features, settings.onCheckoutStep);
  return {
    resolvers: [...carts.resolvers, ...placed.resolvers, ...checkouts.resolvers],
    references: { ...carts.references, ...placed.references },
    commands: [handleNodeLookup(FindOrdersNode, { ...carts.nodes, ...placed.nodes })],
    subscriptions: placed.subscriptions,
    subscribers: placed.subscribers,
    jobs: [...carts.jobs, ...placed.jobs, ...checkouts.jobs],
    services: { ...carts.services, ...placed.services, ...checkouts.services },
  };
}
