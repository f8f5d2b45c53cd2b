import { Client } from 'pg';
import type { BenchPostgres } from './bench-postgres.ts';
import { SEARCHES } from './catalog-searches.ts';
import type { GraphqlClient } from './graphql-client.ts';
import type { Limits } from './requirement-report.ts';
import { productPages } from './product-pages.ts';
import { checkout } from './scenarios.ts';

/** A running shop with its database. */
export interface MeasuredShop {
  /** URL of the server, without a slash at the end. */
  readonly base: string;
  readonly postgres: BenchPostgres;
  /** A client with at least as many connections as the largest check. */
  readonly client: GraphqlClient;
}

/** A number that Souk must keep on two cores, with the load on the same machine. */
export interface RequirementCheck {
  readonly name: string;
  /** Number of concurrent connections. */
  readonly connections: number;
  readonly limits: Limits;
  /** @returns the function of one run */
  prepare(shop: MeasuredShop): Promise<(worker: number) => Promise<unknown>>;
}

const STOCK_OF_SKU = `query StockOfSku($slug: String!) {
  product(slug: $slug) { variants(first: 5) { nodes { sku availability { inStock quantity } } } }
}`;

/** Slugs of products, spread over the first 200. */
async function slugsOf(client: GraphqlClient): Promise<readonly string[]> {
  const { products } = await client.run<{ products: { nodes: readonly { slug: string }[] } }>(
    'query Slugs { products(first: 200) { nodes { slug } } }',
    {},
  );
  return products.nodes.map(({ slug }) => slug);
}

const searchWithFacets: RequirementCheck = {
  name: 'search, two words, with facets',
  connections: 10,
  limits: { p95: 200 },
  prepare: async ({ client }) => {
    const [first] = SEARCHES;
    if (!first) throw new Error('catalog-searches.ts has no search. Add one.');
    return first.prepare(client);
  },
};

const restList: RequirementCheck = {
  name: 'REST, GET /api/v1/products',
  connections: 5,
  limits: { p50: 50, p95: 150, p99: 500 },
  prepare: async ({ base }) => {
    let turn = 0;
    // Each request has another number of products, because the gateway caches responses.
    return async () => {
      const response = await fetch(`${base}/api/v1/products?limit=${5 + (turn++ % 20)}`);
      if (!response.ok) throw new Error(`GET /api/v1/products returned ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    };
  },
};

const inventoryLookup: RequirementCheck = {
  name: 'inventory lookup of one product by GraphQL',
  connections: 5,
  limits: { p95: 50 },
  prepare: async ({ client }) => {
    const slugs = await slugsOf(client);
    let turn = 0;
    return () => client.send(STOCK_OF_SKU, { slug: slugs[turn++ % slugs.length] });
  },
};

const indexedQuery: RequirementCheck = {
  name: 'indexed query in Postgres (a product by slug)',
  connections: 1,
  limits: { p50: 2, p95: 10, p99: 50 },
  prepare: async ({ client, postgres }) => {
    const slugs = await slugsOf(client);
    const connection = new Client(postgres.url);
    await connection.connect();
    connection.on('error', () => undefined); // The database stops before the process of the benchmark ends.
    const { rows } = await connection.query<{ tenant_id: string }>(
      'select tenant_id from catalog.product where slug = $1 limit 1',
      [slugs[0]],
    );
    const tenantId = rows[0]?.tenant_id;
    const text = 'select id, name from catalog.product where tenant_id = $1 and slug = $2 and deleted_at is null';
    let turn = 0;
    return () => connection.query({ name: 'by-slug', text, values: [tenantId, slugs[turn++ % slugs.length]] });
  },
};

/** The required numbers, in the order in which the benchmark measures them. */
export const REQUIREMENT_CHECKS: readonly RequirementCheck[] = [
  {
    name: 'product list, 20 with variants, prices, availability',
    connections: 10,
    limits: { p95: 200, perMinute: 10_000 },
    prepare: ({ client }) => productPages(client),
  },
  searchWithFacets,
  restList,
  inventoryLookup,
  indexedQuery,
  {
    name: 'full checkout (cart, address, shipping, payment)',
    connections: 50,
    limits: { p95: 3000 },
    prepare: ({ client }) => checkout.prepare(client, 50),
  },
];
