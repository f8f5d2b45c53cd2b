import type { estypes } from '@elastic/elasticsearch';
import type { SimilarWord } from '../query/correction.ts';
import type { SearchEngine } from '../search-engine.repository.ts';
import type { ConnectElasticsearch } from './elasticsearch-client.provider.ts';
import { facetCounts, searchBody, wordFilters } from './search-body.ts';
import { positionOf } from './sort-position.ts';
import { similarityOf, trigramsOf } from './trigrams.ts';
import { prefixBody, similarBody, usedFormsBody, type IndexedWord } from './word-body.ts';

/** The maximum number of similar words for one misspelled word, and their least similarity. The values are those of Postgres. */
const CANDIDATES = 20;
const LEAST_SIMILARITY = 0.15;

type Body = Omit<estypes.SearchRequest, 'index' | 'routing'>;
type Hits<Document> = estypes.SearchHit<Document>[];

/**
 * Searches an Elasticsearch. Each request has the tenant as a filter and as routing, so it reads the shard of one tenant.
 * @param alias the alias of the complete index
 */
export function elasticsearchSearch(connect: ConnectElasticsearch, alias: string): SearchEngine {
  const find = async <Document>(tenantId: string, body: unknown) => {
    const client = await connect();
    // The bodies are literals whose queries have the general type of an object.
    return client.search<Document>({ index: alias, routing: tenantId, ...(body as Body) });
  };
  const usedWords = async (tenantId: string, language: string, hits: Hits<IndexedWord>): Promise<IndexedWord[]> => {
    const words = hits.flatMap(({ _source }) => _source ?? []);
    if (words.length === 0) return [];
    const forms = [...new Set(words.map(({ form }) => form))];
    const { aggregations } = await find(tenantId, usedFormsBody(tenantId, language, forms));
    const used = (aggregations as { used: { buckets: { key: string }[] } }).used.buckets.map(({ key }) => key);
    return words.filter(({ form }) => used.includes(form));
  };

  return {
    async search({ tenantId }, request) {
      const { hits, aggregations } = await find(tenantId, searchBody(tenantId, request));
      return {
        products: hits.hits.map(({ sort }) => positionOf(request, sort ?? [])),
        total: request.counts ? totalOf(hits.total) : null,
        facets: request.counts ? facetCounts(aggregations) : [],
      };
    },

    async matches({ tenantId }, words) {
      const query = { bool: { filter: wordFilters(tenantId, words) } };
      const { hits } = await find(tenantId, { size: 0, track_total_hits: 1, terminate_after: 1, query });
      return words.clauses.length === 0 || totalOf(hits.total) > 0;
    },

    async similarWords({ tenantId }, language, words) {
      const similar = await Promise.all(
        words.map(async (misspelled): Promise<SimilarWord[]> => {
          const { hits } = await find<IndexedWord>(tenantId, similarBody(tenantId, language, misspelled));
          const used = await usedWords(tenantId, language, hits.hits);
          return mostSimilar(misspelled, used);
        }),
      );
      return similar.flat();
    },

    async wordsFrom({ tenantId }, language, prefix, limit) {
      const found: string[] = [];
      let after: readonly unknown[] | null = null;
      do {
        const { hits }: { hits: { hits: Hits<IndexedWord> } } = await find<IndexedWord>(
          tenantId,
          prefixBody(tenantId, language, prefix, after),
        );
        found.push(...(await usedWords(tenantId, language, hits.hits)).map(({ display }) => display));
        after = hits.hits.at(-1)?.sort ?? null;
      } while (found.length < limit && after !== null);
      return found.slice(0, limit);
    },
  };
}

function totalOf(total: number | estypes.SearchTotalHits | undefined): number {
  return typeof total === 'object' ? total.value : (total ?? 0);
}

function mostSimilar(misspelled: string, words: readonly IndexedWord[]): SimilarWord[] {
  const wanted = trigramsOf(misspelled);
  return words
    .map((word) => ({ ...word, misspelled, similarity: similarityOf(wanted, trigramsOf(word.word)) }))
    .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
    .toSorted((one, other) => other.similarity - one.similarity || (one.word < other.word ? -1 : 1))
    .slice(0, CANDIDATES);
}
