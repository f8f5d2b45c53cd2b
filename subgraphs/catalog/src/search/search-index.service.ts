import { requireScope, systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import { CatalogWrite, SearchIndexed } from '../contract.ts';
import type { CatalogRead, CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { searchDocument, type SearchSource } from './document/search-document.ts';
import { searchSources } from './document/search-source.repository.ts';
import type { Synonyms } from './query/search-clause.ts';
import { markForExport } from './export/search-export.repository.ts';
import type { SearchStore } from './search-engine.repository.ts';
import type { SearchEngineName } from './search-engine.ts';
import {
  markAllForSearch,
  pendingProducts,
  REBUILD,
  takePending,
  type PendingProducts,
} from '../search-pending.repository.ts';
import {
  languageSubtag,
  searchSettings,
  setSearchLanguages,
  setSynonyms,
  type SearchSettings,
} from './search-settings.repository.ts';
import { storedSynonyms } from './search-synonyms.ts';

/** The number of products per batch. Tokenizing a batch blocks the process for less than 100 ms. */
const BATCH = 200;
/** The maximum number of batches that the handler of one event indexes. The job indexes the rest. */
const BATCHES_OF_EVENT = 5;
/** The maximum number of tenants in one run of the job. */
const TENANTS = 100;

/** The number of products that still have to be indexed, with the languages and synonyms of the index. */
export interface SearchIndexState extends PendingProducts, Pick<SearchSettings, 'languages' | 'synonyms'> {
  /** The engine that answers searches now. */
  readonly engine: SearchEngineName;
}

/** The engine beside Postgres. */
export interface OtherEngine {
  readonly name: SearchEngineName;
  readonly isAvailable: boolean;
}

/** Updates the search index after changes of the catalog. */
export class SearchIndexService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #store: SearchStore;
  readonly #other: OtherEngine | null;

  /** @param other the engine to which changed products are exported. Null when Postgres alone is searched */
  constructor(unitOfWork: CatalogUnitOfWork, store: SearchStore, other: OtherEngine | null) {
    this.#unitOfWork = unitOfWork;
    this.#store = store;
    this.#other = other;
  }

  /** Indexes at most 1,000 outdated products of the tenant. Runs in the transaction of an event. */
  async follow(tx: CatalogTransaction): Promise<void> {
    for (let batch = 0; batch < BATCHES_OF_EVENT; batch++) if ((await this.#indexBatch(tx)) === 0) return;
  }

  /** Indexes all outdated products of all tenants, for instance after an import or a rebuild. */
  async indexPending(): Promise<void> {
    for (const { tenantId } of await this.#unitOfWork.due('due_search_documents', TENANTS)) {
      const ctx = systemContext(tenantId, 'catalog.index-search', 'catalog.index-search');
      let indexed: number;
      do indexed = await this.#unitOfWork.run(ctx, (tx) => this.#indexBatch(tx));
      while (indexed > 0);
    }
  }

  /** Rebuilds the index: deletes all words and the documents of unused languages, and marks all products for indexing. */
  rebuild(ctx: RequestContext, input: MutationInput): Promise<Result<SearchIndexState, Failure>> {
    const mutation = { ...CATALOG_MUTATION, operation: 'searchRebuild', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<SearchIndexState, Failure>> => {
      const { languages } = await searchSettings(tx);
      await this.#store.clear(tx, languages);
      await markAllForSearch(tx);
      if (this.#other) await markForExport(tx, [REBUILD]);
      return ok(await this.#stateOf(tx));
    });
  }

  /**
   * Replaces the synonyms of the shop. The synonyms take effect immediately, because they expand queries and are not stored in documents.
   */
  setSynonyms(
    ctx: RequestContext,
    synonyms: Synonyms,
    input: MutationInput,
  ): Promise<Result<SearchIndexState, Failure>> {
    const mutation = { ...CATALOG_MUTATION, operation: 'searchSynonymsSet', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<SearchIndexState, Failure>> => {
      const stored = storedSynonyms(synonyms);
      if (!stored.ok) return stored;
      await setSynonyms(tx, stored.value);
      tx.outbox.append(eventOf(SearchIndexed, tx.tenantId, { products: 0 }));
      return ok(await this.#stateOf(tx));
    });
  }

  /** @throws AccessDeniedError without `catalog:write` */
  state(ctx: RequestContext): Promise<SearchIndexState> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.read(ctx, (tx) => this.#stateOf(tx));
  }

  async #stateOf(tx: CatalogRead): Promise<SearchIndexState> {
    const { languages, synonyms } = await searchSettings(tx);
    const engine = this.#other?.isAvailable ? this.#other.name : 'POSTGRES';
    return { ...(await pendingProducts(tx)), languages, synonyms, engine };
  }

  async #indexBatch(tx: CatalogTransaction): Promise<number> {
    const productIds = await takePending(tx, BATCH);
    if (productIds.length === 0) return 0;
    const sources = await searchSources(tx, productIds);
    const settings = await this.#withLanguagesOf(tx, sources);
    const documents = sources.flatMap((source) =>
      settings.languages.map((language) => searchDocument(source, language, settings.currency)),
    );
    await this.#store.replace(tx, productIds, documents);
    if (this.#other) await markForExport(tx, productIds);
    tx.outbox.append(eventOf(SearchIndexed, tx.tenantId, { products: productIds.length }));
    return productIds.length;
  }

  /**
   * Adds languages that the products use for the first time. Every product needs a document in a new language, so all products are marked
   * for indexing.
   */
  async #withLanguagesOf(tx: CatalogTransaction, sources: readonly SearchSource[]): Promise<SearchSettings> {
    const settings = await searchSettings(tx);
    const used = sources.flatMap(({ translations }) => translations.map(({ locale }) => languageSubtag(locale)));
    const languages = [...new Set([...settings.languages, ...used])];
    if (languages.length === settings.languages.length) return settings;
    await setSearchLanguages(tx, languages);
    await markAllForSearch(tx);
    return { ...settings, languages };
  }
}
