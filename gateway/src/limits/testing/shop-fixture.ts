import { buildSubgraphSchema } from '@apollo/subgraph';
import { markSucceeded, type RequestContext } from '@souk/kit/context';
import { composeSupergraph } from '@souk/engine/composition';
import { inProcessTransport, type SubgraphTransport } from '@souk/engine/subgraphs';
import type { GatewayOptions } from '../../gateway-options.ts';
import { parse, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';

const SDL = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize"])
  type Query {
    lamps(first: Int! = 50): LampConnection!
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes"], requireOneSlicingArgument: false)
    slices(first: Int): [Lamp!]! @listSize(slicingArguments: ["first"])
    cart(id: ID!): Cart
  }
  type Mutation {
    login(input: LoginInput!): LoginPayload @cost(weight: 100)
    cartLinesAdd(input: CartLinesAddInput!): Cart
  }
  input LoginInput {
    email: String!
    password: String!
  }
  input CartLinesAddInput {
    cartId: ID!
  }
  type LoginPayload {
    accessToken: String
    email: String!
  }
  type LampConnection {
    nodes: [Lamp!]!
  }
  type Lamp {
    name: String!
    bulbs(first: Int! = 50): LampConnection!
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes"], requireOneSlicingArgument: false)
  }
  type Cart {
    id: ID!
  }
`;

/**
 * The options of a gateway in front of a shop subgraph.
 * @param transport the transport to the shop
 */
export function shopFixture(
  transport: SubgraphTransport = inProcessTransport(shopSchema()),
): Pick<GatewayOptions, 'supergraph' | 'subgraphs'> {
  return {
    supergraph: composeSupergraph([{ name: 'shop', url: 'http://shop.test/graphql', sdl: SDL }]),
    subgraphs: new Map([['shop', transport]]),
  };
}

/** A subgraph with logins and carts. The correct password is `right`. */
export function shopSchema(): GraphQLSchema {
  const login = (
    _: unknown,
    { input: { email, password } }: { input: { email: string; password: string } },
    context: RequestContext,
    { path }: GraphQLResolveInfo,
  ) => {
    if (password === 'right') markSucceeded(context, path.key);
    return { email, accessToken: password === 'right' ? 'token' : null };
  };
  return buildSubgraphSchema([
    {
      typeDefs: parse(SDL),
      resolvers: {
        Query: {
          lamps: () => ({ nodes: [{ name: 'Lamp 1' }] }),
          slices: () => [],
          cart: (_: unknown, { id }: { id: string }) => ({ id }),
        },
        Mutation: {
          login,
          cartLinesAdd: (_: unknown, { input }: { input: { cartId: string } }) => ({ id: input.cartId }),
        },
        Lamp: { bulbs: () => ({ nodes: [] }) },
      },
    },
  ]);
}
