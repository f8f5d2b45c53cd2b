import { z } from 'zod';
import type { GraphqlClient } from './graphql-client.ts';

/** A search to measure. Each run searches for different words. */
export interface Search {
  readonly name: string;
  /** @returns one run, which throws when nothing is found. Each run differs, because the gateway caches responses. */
  prepare(client: GraphqlClient): () => Promise<void>;
}

const FACETS = 'totalCount facets { code name values { value label count selected } }';
const CARD = 'id slug name priceRange { min { amount currencyCode } }';
const SEARCH = `query ($query: String!, $filter: SearchFilterInput) {
  search(query: $query, filter: $filter, first: 24) { nodes { ${CARD} } pageInfo { endCursor } ${FACETS} }
}`;
const SUGGEST = `query ($prefix: String!) { suggest(prefix: $prefix) { queries products { ${CARD} } } }`;

const MATERIALS = ['oak', 'linen', 'brass', 'stoneware', 'wool', 'glass', 'cork', 'steel'];
const THINGS = ['bowl', 'lamp', 'stool', 'tray', 'vase', 'blanket', 'hook', 'board', 'basket', 'clock'];

const pick = (from: readonly string[], turn: number) => from[turn % from.length] ?? '';
const some = z.array(z.object({ slug: z.string() })).min(1);
const searchSchema = z.object({ data: z.object({ search: z.object({ nodes: some }) }) });
const suggestSchema = z.object({ data: z.object({ suggest: z.object({ products: some }) }) });

/** A price filter that every product passes. Each run has a different limit, so responses are not cached. */
const anyPrice = (turn: number) => ({ price: { max: (1000 + turn / 100).toFixed(2), currencyCode: 'EUR' } });

function searches(name: string, variablesOf: (turn: number) => Record<string, unknown>): Search {
  return {
    name,
    prepare: (client) => {
      let turn = 0;
      return async () => {
        searchSchema.parse(JSON.parse(await client.send(SEARCH, variablesOf(turn++))));
      };
    },
  };
}

export const SEARCHES: readonly Search[] = [
  searches('two words, facets (1 in 80 products)', (turn) => ({
    query: `${pick(MATERIALS, turn)} ${pick(THINGS, Math.floor(turn / MATERIALS.length))}`,
    filter: anyPrice(turn),
  })),
  searches('one word, facets (1 in 10 products)', (turn) => ({ query: pick(THINGS, turn), filter: anyPrice(turn) })),
  searches('part number, facets (1 product)', (turn) => ({
    query: `GEN-${String(1 + (turn % 10_000)).padStart(7, '0')}`,
    filter: anyPrice(turn),
  })),
  {
    name: 'suggest',
    prepare: (client) => {
      let turn = 0;
      return async () => {
        const prefix = `${pick(MATERIALS, turn)} ${String(100 + (turn++ % 900))}`;
        suggestSchema.parse(JSON.parse(await client.send(SUGGEST, { prefix })));
      };
    },
  },
];
