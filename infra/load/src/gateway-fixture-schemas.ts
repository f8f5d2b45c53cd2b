import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { PRODUCTS, REVIEWS_BY_USER, REVIEWS_OF_PRODUCT, STOCK, USERS } from './gateway-fixture-data.ts';

/** A subgraph of the benchmark, with its data in memory. */
export interface FixtureSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

interface Page {
  readonly first: number;
  readonly offset: number;
}
interface Reference {
  readonly id: string;
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

const CATALOG = `${LINK}
  type Query {
    products(first: Int! = 20, offset: Int! = 0): [Product!]!
    product(slug: String!): Product
  }
  type Product @key(fields: "id") {
    id: ID! slug: String! name: String! description: String! price: Money! brand: Brand! variants: [ProductVariant!]!
  }
  type ProductVariant @key(fields: "id") { id: ID! sku: String! name: String! options: [VariantOption!]! price: Money! }
  type VariantOption { name: String! value: String! }
  type Brand { id: ID! name: String! }
  type Money { amount: String! currencyCode: String! }
`;

const INVENTORY = `${LINK}
  type Query { warehouseCount: Int! }
  type ProductVariant @key(fields: "id") { id: ID! availability: Availability stockLevels: [StockLevel!] }
  type Availability { inStock: Boolean! quantity: Int! }
  type StockLevel { id: ID! quantity: Int! warehouse: Warehouse! }
  type Warehouse { id: ID! name: String! }
`;

const REVIEWS = `${LINK}
  type Query { reviewCount: Int! }
  type Product @key(fields: "id") { id: ID! rating: Rating reviews(first: Int! = 10): [Review!] }
  type User @key(fields: "id") { id: ID! reviews(first: Int! = 10): [Review!] }
  type Rating { average: Float! count: Int! }
  type Review { id: ID! rating: Int! title: String! body: String! author: User product: Product }
`;

const ACCOUNTS = `${LINK}
  type Query { user(id: ID!): User }
  type User @key(fields: "id") { id: ID! displayName: String memberSince: String tier: Tier }
  enum Tier { BASIC GOLD }
`;

const BY_ID = new Map(PRODUCTS.map((product) => [product.id, product]));
const BY_SLUG = new Map(PRODUCTS.map((product) => [product.slug, product]));
const VARIANTS = new Map(PRODUCTS.flatMap(({ variants }) => variants.map((variant) => [variant.id, variant])));

function ratingOf(productId: string) {
  const reviews = REVIEWS_OF_PRODUCT.get(productId) ?? [];
  const sum = reviews.reduce((total, { rating }) => total + rating, 0);
  return { average: sum / Math.max(1, reviews.length), count: reviews.length };
}

const firstOf = <Item>(items: readonly Item[] | undefined, { first }: { readonly first: number }) =>
  (items ?? []).slice(0, first);

/** Builds the subgraphs catalog, inventory, reviews and accounts. */
export function fixtureSubgraphs(): readonly FixtureSubgraph[] {
  return [
    subgraph('catalog', CATALOG, {
      Query: {
        products: (_: unknown, { first, offset }: Page) => PRODUCTS.slice(offset, offset + first),
        product: (_: unknown, { slug }: { readonly slug: string }) => BY_SLUG.get(slug) ?? null,
      },
      Product: { __resolveReference: ({ id }: Reference) => BY_ID.get(id) ?? null },
      ProductVariant: { __resolveReference: ({ id }: Reference) => VARIANTS.get(id) ?? null },
    }),
    subgraph('inventory', INVENTORY, {
      Query: { warehouseCount: () => 3 },
      ProductVariant: { __resolveReference: ({ id }: Reference) => STOCK.get(id) ?? null },
    }),
    subgraph('reviews', REVIEWS, {
      Query: { reviewCount: () => REVIEWS_OF_PRODUCT.size },
      Product: {
        rating: ({ id }: Reference) => ratingOf(id),
        reviews: ({ id }: Reference, page: Page) => firstOf(REVIEWS_OF_PRODUCT.get(id), page),
      },
      User: { reviews: ({ id }: Reference, page: Page) => firstOf(REVIEWS_BY_USER.get(id), page) },
    }),
    subgraph('accounts', ACCOUNTS, {
      Query: { user: (_: unknown, { id }: Reference) => USERS.get(id) ?? null },
      User: { __resolveReference: ({ id }: Reference) => USERS.get(id) ?? null },
    }),
  ];
}

type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];
type Resolvers = NonNullable<Extract<SchemaModule, { readonly resolvers?: unknown }>['resolvers']>;

function subgraph(name: string, sdl: string, resolvers: Resolvers): FixtureSubgraph {
  return { name, sdl, schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]) };
}
