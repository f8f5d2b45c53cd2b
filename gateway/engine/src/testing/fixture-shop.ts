import type { PlanSource } from '../plan/plan-run.ts';
import type { SubgraphRequest } from '../subgraphs/subgraph-transport.ts';
import type { SubgraphSchema } from '../composition/compose-supergraph.ts';
import type { DataObject } from '../plan/data.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])`;

const SDL = {
  products: `type Query { products: [Product!]! product(id: ID!): Product }
    type Product @key(fields: "id") { id: ID! name: String! slug: String! price: Money! weight: Int variants: [Variant!]! }
    type Variant @key(fields: "sku") { sku: ID! name: String! price: Money! }
    type Money { amount: String! currencyCode: Currency! }
    enum Currency { EUR USD }`,
  stock: `type Variant @key(fields: "sku") { sku: ID! available: Int inStock: Boolean! }
    type Product @key(fields: "id") { id: ID! weight: Int @external shipping: Int @requires(fields: "weight") }`,
  reviews: `type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
    type Review { id: ID! body: String! rating: Int! author: User }
    type User @key(fields: "id") { id: ID! }`,
  users: 'type User @key(fields: "id") { id: ID! username: String! avatar: String }',
};

/** Four subgraphs of a shop, for composition. */
export const SHOP_SUBGRAPHS: readonly SubgraphSchema[] = Object.entries(SDL).map(([name, sdl]) => ({
  name,
  url: `http://${name}.test/graphql`,
  sdl: `${LINK} ${sdl}`,
}));

/** An operation on one product, and an operation on 50 products with all related objects (50 kB). */
export const SHOP_OPERATIONS = {
  small: 'query ($id: ID!) { product(id: $id) { id name shipping variants { sku available } } }',
  big: `query { products { id name slug price { amount currencyCode } shipping
    variants { sku name price { amount currencyCode } available inStock }
    reviews { id body rating author { username avatar } } } }`,
};

type Reference = Readonly<Record<string, string | number>>;

/** Functions by subgraph name. A function returns the fields of an entity that the subgraph resolves. */
const ENTITIES: Readonly<Record<string, (reference: Reference) => DataObject>> = {
  stock: ({ sku, weight }) => (sku === undefined ? { shipping: Number(weight) * 2 } : { available: 3, inStock: true }),
  reviews: ({ id }) => ({ reviews: [0, 1, 2, 3].map((nth) => reviewOf(`${id}-${nth}`, nth)) }),
  users: ({ id }) => ({ username: `user ${id}`, avatar: null }),
};

/** Subgraphs that answer with prepared JSON texts, so a benchmark measures no cost of subgraphs except parsing. */
export function shopSources(): ReadonlyMap<string, PlanSource> {
  const texts = new Map<string, string>();
  const answer = (name: string, { query, variables }: SubgraphRequest): string => {
    const representations = variables['representations'];
    const key = `${name} ${query} ${Array.isArray(representations) ? representations.length : ''}`;
    const known = texts.get(key) ?? JSON.stringify({ data: dataOf(name, query, representations) });
    texts.set(key, known);
    return known;
  };
  return new Map(
    Object.keys(SDL).map((name) => [name, { fetch: async (request) => JSON.parse(answer(name, request)) }]),
  );
}

function dataOf(name: string, query: string, representations: unknown): DataObject {
  const entityOf = ENTITIES[name];
  if (entityOf && Array.isArray(representations)) return { _entities: representations.map(entityOf) };
  return query.includes('products')
    ? { products: Array.from({ length: 50 }, (_, nth) => productOf(nth)) }
    : { product: productOf(1) };
}

function productOf(nth: number): DataObject {
  return {
    __typename: 'Product',
    id: `p${nth}`,
    name: `A fine product, number ${nth}`,
    slug: `a-fine-product-${nth}`,
    price: { amount: `${nth}.00`, currencyCode: 'EUR' },
    weight: nth,
    variants: [0, 1, 2].map((each) => ({
      __typename: 'Variant',
      sku: `p${nth}-${each}`,
      name: `Variant ${each}`,
      price: { amount: '1.00', currencyCode: 'USD' },
    })),
  };
}

function reviewOf(id: string, rating: number): DataObject {
  const author = { __typename: 'User', id: `u${rating}` };
  return { id, body: 'It is what it is, and came in time.', rating, author };
}
