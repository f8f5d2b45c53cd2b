import { buildSubgraphSchema } from '@apollo/subgraph';
import { AccessDeniedError, customerIdOf, groupsOf, type RequestContext } from '@souk/kit/context';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';
import { EventEmitter, on } from 'node:events';
import type { SubgraphSchema } from '../composition/compose-supergraph.ts';

/** A subgraph's schema for composition, together with a schema that can be executed. */
export interface FixtureSubgraph extends SubgraphSchema {
  readonly schema: GraphQLSchema;
}

/** The events of the fixture's subgraphs, and the requests that they received. */
export interface FixtureWorld {
  /** Emits the fixture's events. The argument of `productChanged` is a product's id. */
  readonly events: EventEmitter;
  /** The request contexts that the stock subgraph received. */
  readonly stockContexts: RequestContext[];
  /** The names of the mutations that ran, and of reads of the field `shelf`. */
  readonly ran: string[];
  /** The resolver of the field `shelf` awaits this function. */
  onShelf: () => Promise<void>;
}

type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];
type Resolvers = NonNullable<Extract<SchemaModule, { readonly resolvers?: unknown }>['resolvers']>;

/** Creates a `FixtureWorld` without events and requests. */
export function fixtureWorld(): FixtureWorld {
  return { events: new EventEmitter(), stockContexts: [], ran: [], onShelf: async () => undefined };
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@composeDirective"])`;

const CATALOG = `${LINK}
  @link(url: "https://specs.souk.example/cacheControl/v0.1", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
  type Shelf @cacheControl(maxAge: 60) { id: ID! name: String! }
  type Query {
    products: [Product!]!
    shelf: Shelf
    product(id: ID!): Product
    anything: Anything
    orders: [Order!] @requiresScopes(scopes: [["orders:read"], ["admin", "orders:all"]])
    me: String @authenticated
    context: Context!
    echo(text: String, decimal: Decimal): String
    crash: String
    color: Color
    paint(color: Color): Color
    productsOf(ids: [ID!]): [Product!]
    refuse: String
    deny: String
  }
  type Mutation {
    productRename(id: ID!, name: String!): Product @requiresScopes(scopes: [["products:manage"]])
    ping: String!
  }
  type Subscription {
    productChanged(id: ID): Product
    orderPlaced: Order @authenticated
    broken: String
  }
  scalar Decimal
  enum Color { RED }
  union Anything = Product | Order
  type Context {
    tenantId: ID! actor: String! groups: [ID!]! customerId: ID requestId: ID! correlationId: String! locale: String! channelId: ID
  }
  type Product @key(fields: "id") @key(fields: "code") {
    id: ID!
    code: String @authenticated
    name: String!
    cost: Int! @requiresScopes(scopes: [["products:manage"]])
    supplier: Supplier
  }
  type Supplier @authenticated { name: String! }
  type Order { id: ID! total: Int! }
`;

const PRODUCTS = ['1', '2'].map((id) => ({
  id,
  code: `code-${id}`,
  name: `Lamp ${id}`,
  cost: 7,
  supplier: { name: 'Lights Ltd' },
}));

const productOf = (id: unknown) => PRODUCTS.find((product) => product.id === id) ?? null;

/** The subgraph of products and orders. Its fields simulate every kind of failure. */
export function catalogFixture(world: FixtureWorld): FixtureSubgraph {
  const { events, ran } = world;
  return subgraph('catalog', CATALOG, {
    Query: {
      products: () => PRODUCTS,
      shelf: async () => {
        ran.push('shelf');
        await world.onShelf();
        return { id: 's1', name: 'Lamps' };
      },
      product: (_: unknown, { id }: { id: string }) => productOf(id),
      anything: () => ({ __typename: 'Product', ...PRODUCTS[0] }),
      orders: () => [{ id: 'o1', total: 5 }],
      me: (_: unknown, _args: unknown, { actor }: RequestContext) => (actor.kind === 'user' ? actor.userId : null),
      context: (_: unknown, _args: unknown, ctx: RequestContext) => ({
        ...ctx,
        actor: ctx.actor.kind,
        groups: groupsOf(ctx),
        customerId: customerIdOf(ctx),
      }),
      echo: (_: unknown, { text }: { text: string | null }) => text,
      crash: () => {
        throw new Error('select secret from passwords');
      },
      color: () => 'GREEN',
      productsOf: (_: unknown, { ids }: { ids?: readonly string[] }) => (ids ?? []).map(productOf),
      refuse: () => {
        throw new GraphQLError('Not on Sundays', { extensions: { code: 'CLOSED', stacktrace: ['at secret.ts'] } });
      },
      deny: () => {
        throw new AccessDeniedError('FORBIDDEN');
      },
    },
    Mutation: {
      ping: () => String(ran.push('ping')),
      productRename: (_: unknown, { id }: { id: string }) => {
        ran.push('productRename');
        return productOf(id);
      },
    },
    Subscription: {
      productChanged: {
        subscribe: () => on(events, 'productChanged'),
        resolve: ([id]: unknown[]) => {
          if (id === 'bad') throw new Error('select secret from events');
          return productOf(id);
        },
      },
      orderPlaced: { subscribe: () => on(events, 'orderPlaced'), resolve: () => ({ id: 'o1', total: 5 }) },
      broken: {
        subscribe: () => {
          throw new Error('select secret from listeners');
        },
      },
    },
    Product: {
      __resolveReference: ({ id, code }: { id?: string; code?: string }) =>
        PRODUCTS.find((each) => each.id === id || each.code === code),
    },
  });
}

const STOCK = `${LINK}
  type Query { stockCrash: String }
  type Product @key(fields: "code") { code: String available: Int warehouse: String }
`;

/** The subgraph that adds the stock to products. It identifies products by their code. */
export function stockFixture({ stockContexts }: FixtureWorld): FixtureSubgraph {
  return subgraph('stock', STOCK, {
    Query: {
      stockCrash: () => {
        throw new Error('select secret from shelves');
      },
    },
    Product: {
      __resolveReference: (reference: { code: string }, context: RequestContext) => {
        if (!stockContexts.includes(context)) stockContexts.push(context);
        return reference;
      },
      available: () => 3,
      warehouse: (_: unknown, _args: unknown, { tenantId }: RequestContext) => `warehouse of ${tenantId}`,
    },
  });
}

function subgraph(name: string, sdl: string, resolvers: Resolvers): FixtureSubgraph {
  return {
    name,
    url: `http://${name}.test/graphql`,
    sdl,
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]),
  };
}
