import type { SubgraphMeasure } from '@souk/kit/runtime';
import type { CatalogUnitOfWork } from '../database.ts';

/** The numbers of the engine beside Postgres. */
interface CountedEngine {
  readonly isAvailable: boolean;
  readonly exports: { readonly refused: number };
  fallbacks(): number;
}

interface Backlog {
  readonly changes: number;
  /** The age of the oldest change, in ms, when the backlog was read. */
  readonly lagMs: number;
  readonly readAtMs: number;
}

/** The changes of all tenants that searches do not find yet. A job reads them, because a scrape must not wait for a connection to Postgres. */
export class SearchBacklog {
  readonly #unitOfWork: CatalogUnitOfWork;
  #backlog: Backlog = { changes: 0, lagMs: 0, readAtMs: 0 };

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  async read(): Promise<void> {
    type Row = { readonly changes: string; readonly lag_seconds: number };
    const [row] = await this.#unitOfWork.callFunction<Row>('search_backlog', []);
    const { changes = 0, lag_seconds: seconds = 0 } = row ?? {};
    this.#backlog = { changes: Number(changes), lagMs: seconds * 1000, readAtMs: performance.now() };
  }

  get changes(): number {
    return this.#backlog.changes;
  }

  /** The age of the oldest change. It grows while Postgres does not answer. */
  get lagSeconds(): number {
    const { changes, lagMs, readAtMs } = this.#backlog;
    return changes === 0 ? 0 : (lagMs + performance.now() - readAtMs) / 1000;
  }
}

/** The metrics of the search. @param other the engine beside Postgres. Null when Postgres alone is searched */
export function searchMeasures(backlog: SearchBacklog, other: CountedEngine | null): SubgraphMeasure[] {
  return [
    {
      name: 'souk_search_pending_changes',
      help: 'Changes of products that searches do not find yet',
      kind: 'GAUGE',
      read: () => backlog.changes,
    },
    {
      name: 'souk_search_lag_seconds',
      help: 'How long the oldest change of a product has waited to be found',
      kind: 'GAUGE',
      read: () => backlog.lagSeconds,
    },
    {
      name: 'souk_search_engine_up',
      help: 'Whether the configured engine answers searches (1), or Postgres in its place (0)',
      kind: 'GAUGE',
      read: () => (other === null || other.isAvailable ? 1 : 0),
    },
    {
      name: 'souk_search_fallbacks_total',
      help: 'Requests to the search that Postgres answered in place of Elasticsearch',
      kind: 'COUNT',
      read: () => other?.fallbacks() ?? 0,
    },
    {
      name: 'souk_search_refused_documents_total',
      help: 'Documents that Elasticsearch refused, which only Postgres finds',
      kind: 'COUNT',
      read: () => other?.exports.refused ?? 0,
    },
  ];
}
