import type { Logger } from '@souk/kit/runtime';
import type { CatalogUnitOfWork } from '../database.ts';
import type { CatalogSettings } from '../manifest.ts';
import { elasticsearchClient } from './elasticsearch/elasticsearch-client.provider.ts';
import { ElasticsearchIndex } from './elasticsearch/elasticsearch-index.provider.ts';
import { elasticsearchSearch } from './elasticsearch/elasticsearch-search.provider.ts';
import { EngineHealth } from './export/engine-health.ts';
import { SearchExportService } from './export/search-export.service.ts';
import { fallbackSearch } from './fallback-search.service.ts';
import { postgresSearch } from './postgres-search.repository.ts';
import type { SearchEngine } from './search-engine.repository.ts';
import type { OtherEngine } from './search-index.service.ts';

/** The name of the index, unless a deployment sets another one. */
const ALIAS = 'souk-search';
/** Three requests of one search must end before Postgres ends the transaction, which it does after waiting for 5 s. */
const TIMEOUT_MS = 1_500;

/** The engine that answers searches, and the export of changes to the engine outside of Postgres. */
interface SearchEngines {
  readonly engine: SearchEngine;
  /** Null when Postgres alone is searched. */
  readonly other: (OtherEngine & { readonly exports: SearchExportService; fallbacks(): number }) | null;
}

/** Chooses Elasticsearch if its address is set, with Postgres while Elasticsearch is away. Otherwise Postgres alone is searched. */
export function createSearchEngines(
  {
    elasticsearchUrl: url,
    elasticsearchAlias: alias = ALIAS,
    elasticsearchTimeoutMs: timeoutMs = TIMEOUT_MS,
  }: CatalogSettings,
  { unitOfWork, logger }: { readonly unitOfWork: CatalogUnitOfWork; readonly logger: Logger },
): SearchEngines {
  if (url === undefined) return { engine: postgresSearch, other: null };
  const connect = elasticsearchClient({ url, timeoutMs });
  const index = new ElasticsearchIndex(connect, alias);
  const health = new EngineHealth({
    away: (error) =>
      logger.warn(
        { error },
        'Elasticsearch does not answer or has no complete index, Postgres answers searches; trying again every second',
      ),
    back: () => logger.info('Elasticsearch answers searches'),
  });
  const { engine, fallbacks } = fallbackSearch(elasticsearchSearch(connect, alias), postgresSearch, health);
  const exports = new SearchExportService({ unitOfWork, index, health, logger });
  return {
    engine,
    other: {
      name: 'ELASTICSEARCH',
      get isAvailable() {
        return health.isAvailable;
      },
      exports,
      fallbacks,
    },
  };
}
