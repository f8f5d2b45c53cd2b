import type { Client, estypes } from '@elastic/elasticsearch';
import { bulkOutcome, type BulkOutcome } from './bulk-reply.ts';
import type { ConnectElasticsearch } from './elasticsearch-client.provider.ts';
import { INDEX_SETTINGS, indexMapping, MAPPING_VERSION } from './index-mapping.ts';
import { nextIndexName, parseIndices, type Indices } from './index-names.ts';
import { scopeOf } from './search-body.ts';
import type { StoredDocument } from './stored-document.ts';

/** The time limit of a request that writes, in ms. */
const WRITE_TIMEOUT_MS = 10_000;
/** The maximum size of a bulk request, in characters. */
const MAX_BULK = 4_000_000;
const PAGE = 1_000;

/** A document of a tenant, for the repair of the index. */
export interface IndexedProduct {
  readonly id: string;
  readonly productId: string;
  readonly language: string;
}

/**
 * The indices of an Elasticsearch. An alias leads to the complete index, which is searched. While a new index is filled, a second alias leads to
 * it, and changes are written to both.
 */
export class ElasticsearchIndex {
  readonly #connect: ConnectElasticsearch;
  readonly #alias: string;
  readonly #next: string;

  constructor(connect: ConnectElasticsearch, alias: string) {
    this.#connect = connect;
    this.#alias = alias;
    this.#next = `${alias}-next`;
  }

  /** The complete index and the index that is being filled. */
  async indices(): Promise<Indices> {
    const client = await this.#connect();
    const found = await client.indices.get(
      { index: `${this.#alias}-v*`, allow_no_indices: true, features: ['aliases', 'mappings'] },
      { requestTimeout: WRITE_TIMEOUT_MS },
    );
    return parseIndices(found, this.#alias, this.#next);
  }

  /** Creates an index beside the complete one. Does nothing if another process has just created the same index. */
  async create(complete: Indices['complete']): Promise<void> {
    const client = await this.#connect();
    const index = nextIndexName(this.#alias, MAPPING_VERSION, complete?.name ?? null);
    const mappings = indexMapping(null) as unknown as estypes.MappingTypeMapping;
    const request = { index, settings: INDEX_SETTINGS, mappings, aliases: { [this.#next]: {} } };
    await client.indices.create(request, { requestTimeout: WRITE_TIMEOUT_MS, ignore: [400] });
  }

  /** Notes the last mark of the first filling. @param name the index that is being filled */
  async fillUntil(name: string, until: string): Promise<void> {
    const client = await this.#connect();
    await client.indices.putMapping(
      { index: name, _meta: { version: MAPPING_VERSION, until } },
      { requestTimeout: WRITE_TIMEOUT_MS },
    );
  }

  /** Replaces the complete index by the filled one, in one step. Searches that have begun still read the old index. */
  async switchTo(name: string, old: string | null): Promise<void> {
    const client = await this.#connect();
    const actions: estypes.IndicesUpdateAliasesAction[] = [
      { remove: { index: name, alias: this.#next } },
      { add: { index: name, alias: this.#alias } },
      ...(old === null ? [] : [{ remove: { index: old, alias: this.#alias } }]),
    ];
    await client.indices.updateAliases({ actions }, { requestTimeout: WRITE_TIMEOUT_MS });
  }

  /** Deletes indices that were replaced. */
  async remove(names: readonly string[]): Promise<void> {
    const client = await this.#connect();
    await client.indices.delete({ index: [...names] }, { requestTimeout: WRITE_TIMEOUT_MS, ignore: [404] });
  }

  /**
   * Writes documents to the complete index and to the index that is being filled. The documents are found when the promise resolves.
   * @param version a document with a higher version in the index is kept
   */
  async write(tenantId: string, version: number, documents: readonly StoredDocument[]): Promise<BulkOutcome> {
    const client = await this.#connect();
    const { complete, next } = await this.indices();
    const targets = [...(complete ? [this.#alias] : []), ...(next ? [this.#next] : [])];
    const outcomes: BulkOutcome[] = [];
    for (const part of partsOf(documents)) {
      const operations = targets.flatMap((alias) =>
        part.flatMap((each) => operationOf(alias, tenantId, version, each)),
      );
      outcomes.push(await bulk(client, operations, part));
    }
    // While a new index is filled, both indices may refuse a document.
    const refused = new Map(outcomes.flatMap((each) => each.refused.map((document) => [document.id, document])));
    return { busy: outcomes.flatMap(({ busy }) => busy), refused: [...refused.values()] };
  }

  /** All products of a tenant in the complete index, in pages. */
  async *products(tenantId: string): AsyncGenerator<IndexedProduct[]> {
    type Source = { product_id: string; language: string };
    const filter = [{ term: { tenant: tenantId } }, { term: { type: 'product' } }];
    yield* this.#pages<Source, IndexedProduct>(tenantId, filter, ['product_id', 'language'], ({ _id, _source }) =>
      _source ? [{ id: _id ?? '', productId: _source.product_id, language: _source.language }] : [],
    );
  }

  /** The ids of all words of a tenant in one language, in pages. */
  async *words(tenantId: string, language: string): AsyncGenerator<string[]> {
    yield* this.#pages<unknown, string>(tenantId, scopeOf('word', tenantId, language), ['word'], ({ _id }) => [
      _id ?? '',
    ]);
  }

  async *#pages<Source, Row>(
    tenantId: string,
    filter: readonly object[],
    sort: string[],
    read: (hit: estypes.SearchHit<Source>) => Row[],
  ): AsyncGenerator<Row[]> {
    const client = await this.#connect();
    const query = { bool: { filter: filter as estypes.QueryDslQueryContainer[] } };
    let after: estypes.SortResults | undefined;
    do {
      const { hits } = await client.search<Source>(
        { index: this.#alias, routing: tenantId, size: PAGE, query, sort, ...(after && { search_after: after }) },
        { requestTimeout: WRITE_TIMEOUT_MS },
      );
      after = hits.hits.at(-1)?.sort;
      yield hits.hits.flatMap(read);
    } while (after !== undefined);
  }
}

type Operations = NonNullable<estypes.BulkRequest['operations']>;

/** One request at a time is under way, and a document that an overloaded engine did not take is written again by a later run. */
async function bulk(client: Client, operations: Operations, part: readonly StoredDocument[]): Promise<BulkOutcome> {
  try {
    const reply = await client.bulk(
      { refresh: true, require_alias: true, operations },
      { requestTimeout: WRITE_TIMEOUT_MS },
    );
    return bulkOutcome(reply.items);
  } catch (error) {
    if (statusOf(error) !== 429) throw error;
    return { busy: part.map(({ id }) => id), refused: [] };
  }
}

const statusOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;

function operationOf(alias: string, tenantId: string, version: number, { id, content }: StoredDocument): Operations {
  const target = { _index: alias, _id: id, routing: tenantId, version, version_type: 'external_gte' as const };
  return content === null ? [{ delete: target }] : [{ index: target }, content];
}

function* partsOf(documents: readonly StoredDocument[]): Generator<StoredDocument[]> {
  let part: StoredDocument[] = [];
  let size = 0;
  for (const document of documents) {
    part.push(document);
    size += JSON.stringify(document.content).length;
    if (size < MAX_BULK) continue;
    yield part;
    [part, size] = [[], 0];
  }
  if (part.length > 0) yield part;
}
