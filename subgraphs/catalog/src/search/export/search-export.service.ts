import { systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import type { Logger } from '@souk/kit/runtime';
import { SearchIndexed } from '../../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../../database.ts';
import { searchDocument } from '../document/search-document.ts';
import { searchSources } from '../document/search-source.repository.ts';
import type { BulkOutcome } from '../elasticsearch/bulk-reply.ts';
import type { ElasticsearchIndex } from '../elasticsearch/elasticsearch-index.provider.ts';
import { needsNewIndex, type Indices } from '../elasticsearch/index-names.ts';
import { productKey, storedProduct, storedWords, type StoredDocument } from '../elasticsearch/stored-document.ts';
import { searchSettings } from '../search-settings.repository.ts';
import type { EngineHealth } from './engine-health.ts';
import { existingProducts, forgetMarks, readMarks, type ReadMarks } from './search-export.repository.ts';

/** The number of products per bulk request. */
const BATCH = 250;
/** The maximum number of tenants in one run. */
const TENANTS = 100;
/** The interval in ms at which the indices are looked at when no product has changed. */
const LOOK_EVERY_MS = 5_000;
/** The time in ms after which no search reads an index that was replaced. A search ends or fails within 1.5 s. */
const REPLACED_MS = 5_000;
/** The maximum number of refused documents in one line of the log. */
const LOGGED = 5;

interface ExportDependencies {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly index: ElasticsearchIndex;
  readonly health: EngineHealth;
  readonly logger: Logger;
}

/** Copies the documents of changed products to Elasticsearch, and fills and replaces its indices. */
export class SearchExportService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #index: ElasticsearchIndex;
  readonly #health: EngineHealth;
  readonly #logger: Logger;
  #nextLookMs = 0;
  /** The times at which replaced indices were first seen, in ms, by the name of the index. */
  #replacedAtMs: ReadonlyMap<string, number> = new Map();
  #refused = 0;

  constructor({ unitOfWork, index, health, logger }: ExportDependencies) {
    this.#unitOfWork = unitOfWork;
    this.#index = index;
    this.#health = health;
    this.#logger = logger;
  }

  /** The number of documents that Elasticsearch refused since the process started. */
  get refused(): number {
    return this.#refused;
  }

  /** Exports all changed products of all tenants. While Elasticsearch is away, the marks stay, and a later run exports them. */
  async run(): Promise<void> {
    if (!this.#health.mayTry()) return;
    const due = await this.#unitOfWork.due('due_search_exports', TENANTS);
    if (due.length === 0 && this.#health.isAvailable && performance.now() < this.#nextLookMs) return;
    const indices = await this.#look();
    if (indices === null) return;
    await this.#removeReplaced(indices);
    await this.#prepare(indices);
    for (const { tenantId } of due) await this.#exportTenant(tenantId);
    await this.#finish();
    this.#nextLookMs = performance.now() + LOOK_EVERY_MS;
  }

  /** The indices. Null when Elasticsearch does not answer. */
  async #look(): Promise<Indices | null> {
    try {
      const indices = await this.#index.indices();
      if (indices.complete !== null) this.#health.answered();
      return indices;
    } catch (error) {
      this.#health.failed(error);
      return null;
    }
  }

  /** Deletes replaced indices when all searches that began before the replacement have ended. */
  async #removeReplaced({ replaced }: Indices): Promise<void> {
    const now = performance.now();
    this.#replacedAtMs = new Map(replaced.map((name) => [name, this.#replacedAtMs.get(name) ?? now]));
    const unused = [...this.#replacedAtMs].filter(([, at]) => now - at >= REPLACED_MS).map(([name]) => name);
    if (unused.length > 0) await this.#index.remove(unused);
  }

  /** Creates an index if none fits, and marks all products for it. */
  async #prepare(found: Indices): Promise<void> {
    let indices = found;
    if (needsNewIndex(indices)) {
      await this.#index.create(indices.complete);
      indices = await this.#index.indices();
    }
    if (indices.next === null || indices.next.until !== null) return;
    const [marked] = await this.#unitOfWork.callFunction<{ last: string }>('search_export_all', []);
    if (!marked) return;
    await this.#index.fillUntil(indices.next.name, String(marked.last));
    this.#logger.info({ index: indices.next.name }, 'all products are marked for a new search index');
  }

  /** Lets searches use a new index when all products that were marked for it are in it. */
  async #finish(): Promise<void> {
    const { complete, next } = await this.#index.indices();
    if (next === null || next.until === null) return;
    const [mark] = await this.#unitOfWork.callFunction<{ waits: boolean }>('search_export_waits', [next.until]);
    if (mark?.waits !== false) return;
    await this.#index.switchTo(next.name, complete?.name ?? null);
    await this.#removeReplaced(await this.#index.indices()); // notes the time of the replacement
    this.#health.answered();
    this.#logger.info({ index: next.name, replaced: complete?.name ?? null }, 'searches use the new search index');
  }

  async #exportTenant(tenantId: string): Promise<void> {
    const ctx = systemContext(tenantId, 'catalog.export-search', 'catalog.export-search');
    let exported: number;
    do exported = await this.#exportBatch(ctx);
    while (exported > 0);
  }

  /**
   * No transaction is open while Elasticsearch works, because Postgres ends transactions that wait for five seconds.
   * @returns the number of exported marks. 0 when the engine is overloaded, which gets a pause until the next run
   */
  async #exportBatch(ctx: RequestContext): Promise<number> {
    const { ids, productIds, rebuilds, version, documents } = await this.#unitOfWork.run(ctx, readBatch);
    if (ids.length === 0) return 0;
    if (rebuilds) await this.#removeForeign(ctx, version);
    const { busy } = this.#counted(await this.#index.write(ctx.tenantId, version, documents));
    const missing = productIds.filter((id) => busy.some((key) => key.includes(id)));
    await this.#unitOfWork.run(ctx, async (tx) => {
      await forgetMarks(tx, ids, missing);
      tx.outbox.append(eventOf(SearchIndexed, tx.tenantId, { products: productIds.length }));
    });
    return busy.length > 0 ? 0 : ids.length;
  }

  /** Deletes the words of the tenant, and the documents of products and languages that the tenant does not have. */
  async #removeForeign(ctx: RequestContext, version: number): Promise<void> {
    const { tenantId } = ctx;
    if ((await this.#index.indices()).complete === null) return;
    const remove = async (ids: readonly string[]) =>
      void this.#counted(await this.#index.write(tenantId, version, ids.map(deleted)));
    const own = (await this.#unitOfWork.read(ctx, searchSettings)).languages;
    const languages = new Set(own);
    for await (const page of this.#index.products(tenantId)) {
      const productIds = page.map(({ productId }) => productId);
      const existing = await this.#unitOfWork.read(ctx, (tx) => existingProducts(tx, productIds));
      const foreign = page.filter(({ productId, language }) => !existing.has(productId) || !own.includes(language));
      await remove(foreign.map(({ id }) => id));
      for (const { language } of page) languages.add(language);
    }
    for (const language of languages) for await (const ids of this.#index.words(tenantId, language)) await remove(ids);
  }

  #counted(outcome: BulkOutcome): BulkOutcome {
    const { refused } = outcome;
    this.#refused += refused.length;
    if (refused.length > 0)
      this.#logger.error(
        { refused: refused.slice(0, LOGGED), documents: refused.length },
        'Elasticsearch refused documents of products, Postgres alone finds them; see the reasons, then run: souk search rebuild',
      );
    return outcome;
  }
}

interface ExportBatch extends ReadMarks {
  readonly documents: readonly StoredDocument[];
}

async function readBatch(tx: CatalogTransaction): Promise<ExportBatch> {
  const marks = await readMarks(tx, BATCH);
  const { languages, currency } = await searchSettings(tx);
  const sources = await searchSources(tx, marks.productIds);
  const documents = sources.flatMap((source) =>
    languages.map((language) => searchDocument(source, language, currency)),
  );
  const present = new Set(sources.map(({ id }) => id));
  const gone = marks.productIds.filter((id) => !present.has(id));
  return {
    ...marks,
    documents: [
      ...documents.map((document) => storedProduct(tx.tenantId, document)),
      ...storedWords(tx.tenantId, documents),
      ...gone.flatMap((id) => languages.map((language) => deleted(productKey(tx.tenantId, id, language)))),
    ],
  };
}

const deleted = (id: string): StoredDocument => ({ id, content: null });
