import { defineSubgraph, type SubgraphParts } from '@souk/kit/runtime';
import { cartClasses, createCarts } from './cart/cart.assembly.ts';
import { entities, type OrdersDatabase } from './database.ts';
import { userErrorClasses } from './user-errors.ts';

/** This subgraph needs no settings: what tenants decide is in its tables. */
export type OrdersSettings = Readonly<Record<never, never>>;
/** What the composition root may use, for instance to load the demo data. */
export type OrdersServices = ReturnType<typeof createOrders>['services'];

export const orders = defineSubgraph<OrdersDatabase, OrdersSettings, OrdersServices>({
  name: 'orders',
  migrations: new URL('../migrations/', import.meta.url),
  entities,
  graphql: {
    resolvers: [...cartClasses.resolvers],
    orphanedTypes: [...cartClasses.orphanedTypes, ...userErrorClasses],
  },
  create: createOrders,
});

function createOrders(parts: SubgraphParts<OrdersDatabase, OrdersSettings>) {
  const carts = createCarts(parts);
  return {
    resolvers: carts.resolvers,
    references: carts.references,
    jobs: carts.jobs,
    services: carts.services,
  };
}
