import { isOfPostgres } from './elasticsearch/sort-position.ts';
import type { EngineHealth } from './export/engine-health.ts';
import type { SearchEngine } from './search-engine.repository.ts';

/** An engine that answers with another one while it is away. */
export interface FallbackSearch {
  readonly engine: SearchEngine;
  /** The number of requests that the second engine answered since the process started. */
  fallbacks(): number;
}

/**
 * Searches an engine, and Postgres while that engine is away. A search by relevance that began in Postgres continues there, because positions of
 * the two engines differ.
 */
export function fallbackSearch(engine: SearchEngine, postgres: SearchEngine, health: EngineHealth): FallbackSearch {
  let fallbacks = 0;
  const ask = async <Answer>(use: (engine: SearchEngine) => Promise<Answer>): Promise<Answer> => {
    if (health.mayTry()) {
      try {
        const answer = await use(engine);
        health.answered();
        return answer;
      } catch (error) {
        health.failed(error);
      }
    }
    fallbacks += 1;
    return use(postgres);
  };
  return {
    fallbacks: () => fallbacks,
    engine: {
      search: (tx, request) =>
        isOfPostgres(request) ? postgres.search(tx, request) : ask((each) => each.search(tx, request)),
      matches: (tx, words) => ask((each) => each.matches(tx, words)),
      similarWords: (tx, language, words) => ask((each) => each.similarWords(tx, language, words)),
      wordsFrom: (tx, language, prefix, limit) => ask((each) => each.wordsFrom(tx, language, prefix, limit)),
    },
  };
}
