import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testActors, until } from '@souk/kit/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { catalog as definition } from '../../index.ts';
import type { CatalogDatabase, CatalogRead } from '../../database.ts';
import { shirt, startTestCatalog, type TestCatalog } from '../../testing/catalog.ts';
import { HAS_ELASTICSEARCH, startElasticsearch, type TestElasticsearch } from '../../testing/elasticsearch-server.ts';
import { UnitOfWork } from '@souk/kit/persistence';
import { kindOf, attributeKind } from '../document/facet-key.ts';
import { postgresSearch } from '../postgres-search.repository.ts';
import { SEARCH_SORTS, type SearchAnswer, type SearchRequest } from '../search-engine.ts';
import type { SearchEngine } from '../search-engine.repository.ts';
import { describeSearch } from '../testing/search-contract.ts';
import { ElasticsearchIndex } from './elasticsearch-index.provider.ts';
import { elasticsearchSearch } from './elasticsearch-search.provider.ts';
import { productKey } from './stored-document.ts';

(HAS_ELASTICSEARCH ? describe : describe.skip)('a real Elasticsearch (needs infra/search-engine)', () => {
  let server: TestElasticsearch;
  let client: Client;

  beforeAll(async () => {
    server = await startElasticsearch();
    client = new Client({ node: server.url });
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  describeSearch('ELASTICSEARCH', async () => ({
    catalog: await startTestCatalog({ elasticsearchUrl: server.url, elasticsearchAlias: 'contract' }),
    async forget(productId) {
      const { hits } = await client.search({ index: 'contract', query: { term: { product_id: productId } } });
      const operations = hits.hits.map(({ _index, _id, _routing }) => ({ delete: { _index, _id, routing: _routing } }));
      await client.bulk({ refresh: true, operations });
    },
  }));

  describe('its index', () => {
    let catalog: TestCatalog;
    let index: ElasticsearchIndex;
    const { shopper, staff, system, otherTenant, tenantId } = testActors(['catalog:write']);
    const otherSystem = { ...system, tenantId: otherTenant.tenantId };

    beforeAll(async () => {
      const settings = { elasticsearchUrl: server.url, elasticsearchAlias: 'own', elasticsearchTimeoutMs: 500 };
      catalog = await startTestCatalog(settings);
      catalog.run();
      index = new ElasticsearchIndex(async () => client, 'own');
      await catalog.services.importAttributes(system, [{ code: 'fit', name: 'Fit' }]);
      await catalog.services.importCategories(system, [{ slug: 'tops', name: 'Tops' }]);
      await catalog.services.importProducts(system, SHIRTS);
      await catalog.services.importProducts(otherSystem, [shirt({ slug: 'theirs', name: 'Their linen shirt' })]);
      await answeredBy('ELASTICSEARCH');
    });
    afterAll(() => catalog.close());

    async function state(): Promise<{ engine: string; pending: number }> {
      const { searchIndex } = await catalog.query<{ searchIndex: { engine: string; pending: number } }>(
        staff,
        '{ searchIndex { engine pending } }',
      );
      return searchIndex;
    }

    async function answeredBy(engine: string): Promise<void> {
      await until(async () => {
        await found(shopper, 'shirt');
        const now = await state();
        return now.engine === engine && (engine === 'POSTGRES' || now.pending === 0);
      });
    }

    async function found(ctx: typeof shopper, query: string): Promise<string[]> {
      const { search } = await catalog.query<{ search: { nodes: { slug: string }[] } }>(
        ctx,
        'query ($query: String!) { search(query: $query, first: 50) { nodes { slug } } }',
        { query },
      );
      return search.nodes.map(({ slug }) => slug).toSorted();
    }

    const measure = (name: string) => catalog.measures.find((each) => each.name === name)?.read();

    const rename = async (slug: string, name: string) => {
      const { product } = await catalog.query<{ product: { id: string } }>(
        staff,
        'query ($slug: String!) { product(slug: $slug) { id } }',
        { slug },
      );
      const update =
        'mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { message } } }';
      await catalog.query(staff, update, { input: { id: product.id, name } });
    };

    test('every request is routed by tenant, and each tenant finds its own products only', async () => {
      const everything = await client.search({ index: 'own', size: 100, query: { term: { words: 'linen' } } });
      const tenants = everything.hits.hits.map(({ _source }) => (_source as { tenant: string }).tenant);
      expect(new Set(tenants)).toEqual(new Set([tenantId, otherTenant.tenantId]));
      expect(everything.hits.hits.map(({ _routing }) => _routing)).toEqual(tenants);
      expect(await found(shopper, 'linen')).toEqual(['shirt-0', 'shirt-3', 'shirt-6']);
      expect(await found({ ...shopper, tenantId: otherTenant.tenantId }, 'linen')).toEqual(['theirs']);
      const [theirs] = await documentsOf(otherTenant.tenantId);
      expect(theirs).toBeDefined();
      await expect(client.get({ index: 'own', id: theirs?.id ?? '' })).rejects.toThrow('routing is required');
    });

    async function documentsOf(tenant: string) {
      const pages = [];
      for await (const page of index.products(tenant)) pages.push(...page);
      return pages;
    }

    test('while Elasticsearch is away, Postgres answers and follows changes, and Elasticsearch comes back by itself', async () => {
      server.freeze();
      try {
        await answeredBy('POSTGRES');
        await rename('shirt-1', 'Shirt of hemp');
        await until(async () => (await found(shopper, 'hemp')).join() === 'shirt-1');
        expect(await state()).toMatchObject({ engine: 'POSTGRES', pending: 1 });
        expect(await measure('souk_search_engine_up')).toBe(0);
        expect(await measure('souk_search_fallbacks_total')).toBeGreaterThan(0);
        await until(async () => (await measure('souk_search_pending_changes')) === 1);
        expect(await measure('souk_search_lag_seconds')).toBeGreaterThan(0);
      } finally {
        server.thaw();
      }
      await answeredBy('ELASTICSEARCH');
      expect(await found(shopper, 'hemp')).toEqual(['shirt-1']);
      expect(await measure('souk_search_engine_up')).toBe(1);
      await until(async () => (await measure('souk_search_pending_changes')) === 0);
      expect(await measure('souk_search_refused_documents_total')).toBe(0);
    });

    test('a new index is filled beside the old one, which answers until then', async () => {
      const { complete: old } = await index.indices();
      await index.create(old);
      await until(async () => {
        expect(await found(shopper, 'shirt')).toHaveLength(PUBLISHED);
        expect((await state()).engine).toBe('ELASTICSEARCH');
        return (await index.indices()).next === null;
      });
      const { complete } = await index.indices();
      expect(complete?.name).not.toBe(old?.name);
      await until(async () => !(await client.indices.exists({ index: old?.name ?? '' })));
      expect(await found(shopper, 'linen')).toEqual(['shirt-0', 'shirt-3', 'shirt-6']);
      expect(await found({ ...shopper, tenantId: otherTenant.tenantId }, 'linen')).toEqual(['theirs']);
    });

    test('a late document with an older version does not overwrite a newer one', async () => {
      const [first] = await documentsOf(tenantId);
      const late = { id: first?.id ?? '', content: { type: 'product', tenant: tenantId, words: ['outdated'] } };
      expect(await index.write(tenantId, 0, [late])).toEqual({ busy: [], refused: [] });
      const { _source } = await client.get<{ words: string[] }>({ index: 'own', id: late.id, routing: tenantId });
      expect(_source?.words).not.toContain('outdated');
    });

    test('a refused document is counted with its reason, and the others are stored', async () => {
      const product = (content: object) => ({
        id: productKey(tenantId, randomUUID(), 'xx'),
        content: { type: 'product', tenant: tenantId, language: 'xx', ...content },
      });
      const [good, bad] = [product({ words: ['good'] }), product({ in_stock: 'perhaps' })];
      const { busy, refused } = await index.write(tenantId, 1, [good, bad, { id: 'absent', content: null }]);
      expect(busy).toEqual([]);
      expect(refused).toEqual([{ id: bad.id, reason: expect.stringContaining('in_stock') }]);
      const { _id } = await client.get({ index: 'own', id: good.id, routing: tenantId });
      expect(_id).toBe(good.id);
    });

    test('a rebuild deletes documents that no product has', async () => {
      const stray = randomUUID();
      const content = { type: 'product', tenant: tenantId, language: 'en', product_id: stray, words: ['stray'] };
      await index.write(tenantId, 1, [{ id: productKey(tenantId, stray, 'en'), content }]);
      expect((await documentsOf(tenantId)).map(({ productId }) => productId)).toContain(stray);
      await catalog.query(staff, 'mutation { searchRebuild(input: {}) { userErrors { code } } }');
      await answeredBy('ELASTICSEARCH');
      expect((await documentsOf(tenantId)).map(({ productId }) => productId)).not.toContain(stray);
      expect(await documentsOf(tenantId)).toHaveLength(SHIRTS.length);
      expect(await documentsOf(otherTenant.tenantId)).toHaveLength(1);
    });

    test('finds, counts, sorts and pages as Postgres does', async () => {
      const orm = await catalog.database.openOrm('catalog', definition.entities);
      const unitOfWork = new UnitOfWork<CatalogDatabase>(orm);
      const elastic = elasticsearchSearch(async () => client, 'own');
      const both = (request: SearchRequest) =>
        unitOfWork.read(staff, async (tx) => [
          await pages(elastic, tx, request),
          await pages(postgresSearch, tx, request),
        ]);
      try {
        await fc.assert(
          fc.asyncProperty(requests, async (request) => {
            const [ours, theirs] = await both(request);
            expect(ours).toEqual(theirs);
          }),
          { numRuns: 150 },
        );
      } finally {
        await orm.close();
      }
    });
  });
});

const PUBLISHED = 8;
const FITS = ['Slim', 'Wide (loose)', 'a.b*c'];
const SHIRTS = Array.from({ length: 9 }, (_, at) =>
  shirt({
    slug: `shirt-${at}`,
    name: `${['Linen', 'Cotton', 'Wool'][at % 3]} shirt ${'ABC'[at % 2]}`,
    description: at % 2 === 0 ? 'Soft and light' : 'Warm',
    status: at === PUBLISHED ? 'DRAFT' : 'PUBLISHED',
    categories: at % 4 === 0 ? [] : ['tops'],
    attributes: [{ code: 'fit', values: [FITS[at % 3] ?? ''] }],
    variants: [
      {
        sku: `SH-${at}`,
        options: [],
        prices: at === 5 ? [] : [{ amount: `${(at * 13) % 60}.90`, currency: 'EUR' }],
      },
    ],
  }),
);

const forms = fc.constantFrom('linen', 'cotton', 'shirt', 'soft', 'warm', 'sh*', 'sh-3', 'zebra');
const requests: fc.Arbitrary<SearchRequest> = fc.record({
  language: fc.constantFrom('en', 'de'),
  clauses: fc.array(
    fc.array(fc.array(fc.array(forms, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: 2,
    }),
    { maxLength: 2 },
  ),
  includesDrafts: fc.boolean(),
  collectionId: fc.constant(null),
  wanted: fc
    .tuple(
      fc.option(
        fc.uniqueArray(fc.constantFrom(...FITS, 'None'), { minLength: 1 }).map((values) => ({
          kind: attributeKind('fit'),
          values: values.map((value) => attributeKind('fit') + value),
        })),
      ),
      fc.option(
        fc.constantFrom('in', 'out').map((value) => ({ kind: kindOf('stock'), values: [kindOf('stock') + value] })),
      ),
      fc.option(
        fc.record({
          kind: fc.constant(kindOf('price')),
          currency: fc.constantFrom('EUR', 'USD'),
          min: fc.integer({ min: 0, max: 3000 }),
          max: fc.integer({ min: 3000, max: 9000 }),
        }),
      ),
    )
    .map((each) => each.filter((one) => one !== null)),
  sort: fc.constantFrom(...SEARCH_SORTS),
  after: fc.constant(null),
  limit: fc.integer({ min: 1, max: 5 }),
  counts: fc.constant(true),
});

/** All pages of a search, each beginning after the last product of the previous one. Positions by relevance differ between engines. */
async function pages(engine: SearchEngine, tx: CatalogRead, request: SearchRequest) {
  const isRanked = request.sort === 'RELEVANCE' && request.clauses.length > 0;
  const products: SearchAnswer['products'][number][] = [];
  let page: SearchAnswer;
  let first: SearchAnswer | undefined;
  do {
    page = await engine.search(tx, { ...request, after: products.at(-1) ?? null });
    first ??= page;
    products.push(...page.products);
  } while (page.products.length === request.limit);
  return {
    products: isRanked ? products.map(({ productId }) => productId).toSorted() : products,
    total: first.total,
    facets: first.facets.toSorted((one, other) => (one.stored < other.stored ? -1 : 1)),
  };
}
