import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { on, type EventEmitter } from 'node:events';

/** A subgraph that runs in the gateway's process. */
export interface StreamFixture {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/** The subscription of every client: the status of an order, and its customer from a second subgraph. */
export const ORDER_STATUS = `subscription OrderStatus($id: ID!) {
  orderStatusChanged(id: $id) { id number status paymentStatus fulfillmentStatus updatedAt customer { name tier } }
}`;

/** The id of the order that all sockets watch. */
export const WATCHED_BY_ALL = '1f6f0a4e-4c1b-4e0c-9a57-8f1c2a7d0001';
/** The id of the order that only one socket watches. */
export const WATCHED_BY_ONE = '1f6f0a4e-4c1b-4e0c-9a57-8f1c2a7d0002';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

const ORDERS = `${LINK}
  type Query { order(id: ID!): Order }
  type Subscription { orderStatusChanged(id: ID!): Order }
  type Order {
    id: ID! number: String! status: String! paymentStatus: String! fulfillmentStatus: String! updatedAt: String!
    customer: Customer
  }
  type Customer @key(fields: "id") { id: ID! }
`;

const ACCOUNTS = `${LINK}
  type Query { customerCount: Int! }
  type Customer @key(fields: "id") { id: ID! name: String! tier: String! }
`;

/**
 * Returns an order after a change of its status.
 * @param updatedAt time of the change on the machine's monotonic clock, in nanoseconds
 */
export function orderAt(id: string, updatedAt: string) {
  return {
    id,
    number: '1001',
    status: 'CONFIRMED',
    paymentStatus: 'PAID',
    fulfillmentStatus: 'UNFULFILLED',
    updatedAt,
    customer: { id: 'c1' },
  };
}

/**
 * Builds the subgraphs orders and accounts.
 * @param events emits a change under the order's id, with the time on the machine's monotonic clock in nanoseconds.
 */
export function streamFixtures(events: EventEmitter): readonly StreamFixture[] {
  return [
    fixture('orders', ORDERS, {
      Query: { order: (_: unknown, { id }: { id: string }) => orderAt(id, '0') },
      Subscription: {
        orderStatusChanged: {
          subscribe: (_: unknown, { id }: { id: string }) => on(events, id),
          resolve: ([at]: [string], { id }: { id: string }) => orderAt(id, at),
        },
      },
    }),
    fixture('accounts', ACCOUNTS, {
      Query: { customerCount: () => 1 },
      Customer: {
        __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Customer of an order', tier: 'GOLD' }),
      },
    }),
  ];
}

type Module = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];
type Resolvers = NonNullable<Extract<Module, { readonly resolvers?: unknown }>['resolvers']>;

function fixture(name: string, sdl: string, resolvers: Resolvers): StreamFixture {
  return { name, sdl, schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]) };
}
