import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testActors, until } from '@souk/kit/testing';
import type { ImportedProduct } from '../../index.ts';
import { publishAvailability, shirt, type TestCatalog } from '../../testing/catalog.ts';
import type { SearchEngineName } from '../search-engine.ts';

/** A catalog whose search runs on one engine. */
export interface SearchUnderTest {
  readonly catalog: TestCatalog;
  /** Deletes the documents of a product from the engine, as a failure might. */
  forget(productId: string): Promise<void>;
}

const { shopper, staff, stranger, otherTenant, system, tenantId } = testActors(['catalog:write']);
const german: RequestContext = { ...shopper, locale: 'de-AT' };

const lamp = (
  values: Partial<ImportedProduct> & { readonly slug: string; readonly price?: string },
): ImportedProduct => ({
  status: 'PUBLISHED',
  name: values.slug,
  baseSku: values.slug.toUpperCase(),
  categories: ['lamps'],
  variants: [
    {
      sku: values.baseSku ?? values.slug.toUpperCase(),
      options: [],
      prices: [{ amount: values.price ?? '20', currency: 'EUR' }],
      ...(values.slug === 'wall' && { barcode: '4006381333931' }),
    },
  ],
  ...values,
});

const PRODUCTS: ImportedProduct[] = [
  lamp({
    slug: 'desk',
    name: 'Brass desk lamp',
    baseSku: 'SKU-1234/56-AB',
    description: 'A lamp for reading, with a shade of linen.',
    brand: 'luz',
    tags: ['Reading room'],
    price: '9.50',
    attributes: [
      { code: 'material', values: ['Brass'] },
      { code: 'origin', values: ['Portugal'] },
    ],
    translations: [{ locale: 'de', name: 'Schreibtischlampe aus Messing', description: null }],
  }),
  lamp({
    slug: 'floor',
    name: 'Floor lamp, linen shade',
    price: '120',
    attributes: [
      { code: 'material', values: ['Linen', 'Steel'] },
      { code: 'origin', values: ['Germany'] },
    ],
  }),
  lamp({
    slug: 'wall',
    name: 'Wall lamp IP67',
    price: '30',
    attributes: [
      { code: 'material', values: ['Steel'] },
      { code: 'origin', values: ['Germany'] },
    ],
  }),
  shirt({ slug: 'shirt', name: 'Cotton T-Shirt', categories: ['shirts'], externalReference: 'ERP-9911' }),
  shirt({ slug: 'draft', name: 'Secret lamp prototype', status: 'DRAFT', categories: ['lamps'] }),
];

const SEARCH = `query Search($query: String!, $filter: SearchFilterInput, $sort: SearchSort, $first: Int, $after: String) {
  search(query: $query, filter: $filter, sort: $sort, first: $first, after: $after) {
    nodes { slug }
    edges { cursor highlights { field parts { text isMatch } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount corrected reason
    facets { code name values { value label count selected } }
  }
}`;

interface Search {
  readonly nodes: readonly { readonly slug: string }[];
  readonly edges: readonly {
    readonly highlights: readonly {
      readonly field: string;
      readonly parts: readonly { readonly text: string; readonly isMatch: boolean }[];
    }[];
  }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
  readonly corrected: string | null;
  readonly reason: string | null;
  readonly facets: readonly {
    readonly code: string;
    readonly name: string;
    readonly values: readonly {
      readonly value: string;
      readonly label: string;
      readonly count: number;
      readonly selected: boolean;
    }[];
  }[];
}

/** The number of products for each value of a facet. */
function counts({ facets }: Search, code: string): Record<string, number> {
  const values = facets.find((facet) => facet.code === code)?.values ?? [];
  return Object.fromEntries(values.map(({ value, count }) => [value, count]));
}

const UPDATE = `mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { message } } }`;

/**
 * The tests that the search passes on every engine.
 * @param start starts the catalog. The tests close the catalog
 */
export function describeSearch(engine: SearchEngineName, start: () => Promise<SearchUnderTest>): void {
  describe(`search in ${engine}`, () => {
    let under: SearchUnderTest;
    let catalog: TestCatalog;

    beforeAll(async () => {
      under = await start();
      catalog = under.catalog;
      catalog.run();
      await catalog.services.importAttributes(system, [
        { code: 'material', name: 'Material' },
        { code: 'origin', name: 'Origin' },
      ]);
      await catalog.services.importBrands(system, [{ slug: 'luz', name: 'Luz e Som' }]);
      await catalog.services.importCategories(system, [
        { slug: 'home', name: 'Home' },
        { slug: 'lamps', name: 'Lighting', parentSlug: 'home', translations: [{ locale: 'de', name: 'Leuchten' }] },
        { slug: 'shirts', name: 'Shirts' },
      ]);
      await catalog.services.importProducts(system, PRODUCTS);
      await indexed();
    });
    afterAll(() => catalog.close());

    /** Waits until all changes are indexed. */
    async function indexed(): Promise<void> {
      await until(async () => {
        const { searchIndex } = await catalog.query<{ searchIndex: { pending: number; engine: SearchEngineName } }>(
          staff,
          '{ searchIndex { pending engine } }',
        );
        return searchIndex.pending === 0 && searchIndex.engine === engine;
      });
    }

    async function search(
      ctx: RequestContext,
      query: string,
      variables: Record<string, unknown> = {},
    ): Promise<Search> {
      return (await catalog.query<{ search: Search }>(ctx, SEARCH, { query, ...variables })).search;
    }

    async function slugs(
      ctx: RequestContext,
      query: string,
      variables: Record<string, unknown> = {},
    ): Promise<string[]> {
      return (await search(ctx, query, variables)).nodes.map(({ slug }) => slug);
    }

    test('words are found in names, descriptions, attributes, categories and options, whatever their form', async () => {
      expect(await slugs(shopper, 'brass lamps')).toEqual(['desk']);
      expect(await slugs(shopper, 'READING')).toEqual(['desk']);
      expect(await slugs(shopper, 'portugal')).toEqual(['desk']);
      expect((await slugs(shopper, 'lighting')).toSorted()).toEqual(['desk', 'floor', 'wall']);
      expect(await slugs(shopper, 'a t-shirt for the M')).toEqual(['shirt']);
    });

    test('part numbers are found whole and by each section', async () => {
      for (const query of ['SKU-1234/56-AB', '1234', '56-AB', 'sku123456ab', 'ip67']) {
        expect([query, await slugs(shopper, query)]).toEqual([query, [query === 'ip67' ? 'wall' : 'desk']]);
      }
    });

    test('a product with the word in its name comes before one with the word in its description', async () => {
      expect(await slugs(shopper, 'linen')).toEqual(['floor', 'desk']);
    });

    test('each language has its own words, and products without a translation are found by their own text', async () => {
      expect(await slugs(german, 'Schreibtischlampen')).toEqual(['desk']);
      expect(await slugs(german, 'lampe')).toContain('desk');
      expect(await slugs(german, 'messing leuchten')).toEqual(['desk']);
      expect(await slugs(german, 'floor')).toEqual(['floor']);
      expect(await slugs({ ...shopper, locale: 'fr' }, 'brass')).toEqual(['desk']);
    });

    test('facets count what choosing another value would find', async () => {
      const all = await search(shopper, 'lamp');
      expect(all.totalCount).toBe(3);
      expect(counts(all, 'attribute:material')).toEqual({ Steel: 2, Brass: 1, Linen: 1 });
      expect(counts(all, 'attribute:origin')).toEqual({ Germany: 2, Portugal: 1 });
      expect(counts(all, 'price')).toEqual({ '0.00-9.99': 1, '25.00-49.99': 1, '100.00-249.99': 1 });

      const filter = { attributes: [{ code: 'material', values: ['Brass'] }] };
      const brass = await search(shopper, 'lamp', { filter });
      expect(brass.nodes.map(({ slug }) => slug)).toEqual(['desk']);
      expect(counts(brass, 'attribute:material')).toEqual({ Brass: 1, Steel: 2, Linen: 1 });
      // The facet is left out, because all found products have the same origin.
      expect(counts(brass, 'attribute:origin')).toEqual({});
      expect(brass.facets.find(({ code }) => code === 'attribute:material')?.name).toBe('Material');

      const both = await search(shopper, 'lamp', {
        filter: { attributes: [{ code: 'material', values: ['Brass', 'Linen'] }] },
      });
      expect(both.nodes.map(({ slug }) => slug).toSorted()).toEqual(['desk', 'floor']);
    });

    test('filters by category, price band and stock mark their values as selected', async () => {
      const lamps = await search(shopper, '', { filter: { categories: ['lamps'] } });
      expect(lamps.totalCount).toBe(3);
      const categories = lamps.facets.find(({ code }) => code === 'category')?.values ?? [];
      expect(categories.find(({ value }) => value === 'lamps')).toEqual({
        value: 'lamps',
        label: 'Lighting',
        count: 3,
        selected: true,
      });
      expect(counts(lamps, 'category')).toEqual({ home: 3, lamps: 3, shirts: 1 });

      const price = { min: '25.00', max: '49.99', currencyCode: 'EUR' };
      const priced = await search(shopper, 'lamp', { filter: { price } });
      expect(priced.nodes).toEqual([{ slug: 'wall' }]);
      expect(priced.facets.find(({ code }) => code === 'price')?.values.map(({ selected }) => selected)).toEqual([
        false,
        true,
        false,
      ]);
      expect(
        await slugs(shopper, 'shirt', { filter: { price: { ...price, min: '22', currencyCode: 'USD' } } }),
      ).toEqual(['shirt']);
      expect(await slugs(shopper, 'lamp', { filter: { categories: ['unknown'] } })).toEqual([]);
      expect(await slugs(shopper, 'lamp', { filter: { collection: 'unknown' } })).toEqual([]);
    });

    test.each([
      ['NAME_ASC', ['desk', 'floor', 'wall']],
      ['NAME_DESC', ['wall', 'floor', 'desk']],
      ['PRICE_ASC', ['desk', 'wall', 'floor']],
      ['PRICE_DESC', ['floor', 'wall', 'desk']],
    ] as const)('sorted by %s, pages of one product give each product once', async (sort, expected) => {
      const found: string[] = [];
      let after: string | null = null;
      do {
        const page: Search = await search(shopper, 'lamp', { sort, first: 1, after });
        found.push(...page.nodes.map(({ slug }) => slug));
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(found).toEqual(expected);
    });

    test('by relevance and by newest, pages give each product once', async () => {
      for (const sort of ['RELEVANCE', 'NEWEST']) {
        const first = await search(shopper, 'lamp', { sort, first: 2 });
        const second = await search(shopper, 'lamp', { sort, first: 2, after: first.pageInfo.endCursor });
        expect([...first.nodes, ...second.nodes].map(({ slug }) => slug).toSorted()).toEqual(['desk', 'floor', 'wall']);
        expect(second.pageInfo.hasNextPage).toBe(false);
      }
    });

    test('a cursor of another search is refused', async () => {
      const { pageInfo } = await search(shopper, 'lamp', { first: 1 });
      const { errors } = await catalog.execute(shopper, SEARCH, { query: 'linen', after: pageInfo.endCursor });
      expect(errors?.[0]?.message).toContain('cursor');
    });

    test('found words are highlighted in the name and in the description', async () => {
      const { edges } = await search(shopper, 'linen', { first: 2 });
      expect(edges[0]?.highlights).toEqual([
        {
          field: 'NAME',
          parts: [
            { text: 'Floor lamp, ', isMatch: false },
            { text: 'linen', isMatch: true },
            { text: ' shade', isMatch: false },
          ],
        },
      ]);
      expect(edges[1]?.highlights.map(({ field }) => field)).toEqual(['DESCRIPTION']);
    });

    test('a misspelled word is corrected, and the correction is reported', async () => {
      expect(await search(shopper, 'bras lamp')).toMatchObject({
        nodes: [{ slug: 'desk' }],
        corrected: 'brass lamp',
        reason: null,
      });
      expect(await search(shopper, 'lienn')).toMatchObject({ corrected: 'linen', totalCount: 2 });
      expect(await search(shopper, 'brass lamp')).toMatchObject({ corrected: null });
    });

    test('a search without results states the reason', async () => {
      expect(await search(shopper, 'xylophone')).toMatchObject({
        nodes: [],
        totalCount: 0,
        reason: 'NO_MATCH',
        corrected: null,
      });
      expect(await search(shopper, '?!')).toMatchObject({ nodes: [], reason: 'NO_WORDS' });
      expect(await search(shopper, 'brass', { filter: { categories: ['shirts'] } })).toMatchObject({
        nodes: [],
        reason: 'FILTERED_OUT',
      });
    });

    test('drafts and external references are found by staff only, and no suggestion or correction reveals a draft', async () => {
      expect(await slugs(staff, 'prototype')).toEqual(['draft']);
      expect(await slugs(staff, 'ERP-9911')).toEqual(['shirt']);
      for (const buyer of [shopper, stranger]) {
        expect(await slugs(buyer, 'prototype')).toEqual([]);
        expect(await slugs(buyer, 'ERP-9911')).toEqual([]);
        expect(await search(buyer, 'prototipe')).toMatchObject({ corrected: null });
        expect(await suggest(buyer, 'proto')).toEqual({ queries: [], products: [] });
      }
    });

    async function suggest(ctx: RequestContext, prefix: string) {
      const document = 'query ($prefix: String!) { suggest(prefix: $prefix, first: 3) { queries products { slug } } }';
      return (
        await catalog.query<{ suggest: { queries: string[]; products: { slug: string }[] } }>(ctx, document, { prefix })
      ).suggest;
    }

    test('suggestions complete the last word', async () => {
      expect(await suggest(shopper, 'brass la')).toEqual({ queries: ['brass lamp'], products: [{ slug: 'desk' }] });
      expect(await suggest(shopper, 'SKU-12')).toMatchObject({ products: [{ slug: 'desk' }] });
      expect(await suggest(german, 'schreib')).toEqual({
        queries: ['schreibtischlampe'],
        products: [{ slug: 'desk' }],
      });
      expect(await suggest(shopper, ' ')).toEqual({ queries: [], products: [] });
    });

    test('staff sets synonyms, which count at once', async () => {
      const set = `mutation ($input: SearchSynonymsSetInput!) {
    searchSynonymsSet(input: $input) { searchIndex { synonyms { phrases } } userErrors { code field } }
  }`;
      expect(await slugs(shopper, 'torchiere')).toEqual([]);
      const synonyms = [{ phrases: ['torchiere', 'floor lamp'] }];
      expect(await catalog.query(staff, set, { input: { synonyms } })).toEqual({
        searchSynonymsSet: { searchIndex: { synonyms }, userErrors: [] },
      });
      expect(await slugs(shopper, 'linen torchiere')).toEqual(['floor']);
      expect(await slugs(shopper, 'floor lamps')).toEqual(['floor']);
      expect(await catalog.query(staff, set, { input: { synonyms: [{ phrases: ['alone'] }] } })).toEqual({
        searchSynonymsSet: {
          searchIndex: null,
          userErrors: [{ code: 'INVALID_INPUT', field: ['synonyms', '0', 'phrases'] }],
        },
      });
      const { errors } = await catalog.execute(stranger, set, { input: { synonyms } });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });

    async function idOf(slug: string): Promise<string> {
      const { product } = await catalog.query<{ product: { id: string } }>(
        staff,
        'query ($slug: String!) { product(slug: $slug) { id } }',
        { slug },
      );
      return product.id;
    }

    test('a product is found by its barcode, with and without leading zeros', async () => {
      expect(await slugs(shopper, '4006381333931')).toEqual(['wall']);
      expect(await slugs(shopper, '04006381333931')).toEqual(['wall']);
    });

    test('the index follows names, prices, stock, categories, publication and deletion', async () => {
      const id = await idOf('wall');
      await catalog.query(staff, UPDATE, { input: { id, name: 'Wall sconce' } });
      await until(async () => (await slugs(shopper, 'sconce')).includes('wall'));
      expect(await slugs(shopper, 'IP67')).toEqual([]);

      await publishAvailability(catalog, tenantId, [['WALL', 4]]);
      await until(async () => (await slugs(shopper, '', { filter: { inStock: true } })).join() === 'wall');
      expect(counts(await search(shopper, 'steel'), 'stock')).toEqual({ in: 1, out: 1 });

      const unpublish = 'mutation ($id: ID!) { productUnpublish(input: { id: $id }) { userErrors { message } } }';
      await catalog.query(staff, unpublish, { id });
      await until(async () => (await slugs(shopper, 'sconce')).length === 0);
      expect(await slugs(staff, 'sconce')).toEqual(['wall']);

      const remove = 'mutation ($id: ID!) { productDelete(input: { id: $id }) { userErrors { message } } }';
      await catalog.query(staff, remove, { id });
      await until(async () => (await slugs(staff, 'sconce')).length === 0);
    });

    test('a rebuild restores the index', async () => {
      await indexed();
      await under.forget(await idOf('desk'));
      expect(await slugs(shopper, 'brass')).toEqual([]);

      const rebuild = 'mutation { searchRebuild(input: {}) { searchIndex { pending } userErrors { code } } }';
      expect(await catalog.query(staff, rebuild)).toEqual({
        searchRebuild: { searchIndex: { pending: 4 }, userErrors: [] },
      });
      await until(async () => (await slugs(shopper, 'brass')).join() === 'desk');
      expect((await catalog.execute(stranger, rebuild)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });

    test('products are found, filtered and counted by brand and tag, and follow a renamed brand', async () => {
      expect(await slugs(shopper, 'Luz')).toEqual(['desk']);
      expect(await slugs(shopper, 'reading')).toEqual(['desk']);
      const found = await search(shopper, 'lamp', { filter: { brands: ['luz'], tags: ['Reading room'] } });
      expect(found.nodes.map(({ slug }) => slug)).toEqual(['desk']);
      expect(found.facets.find(({ code }) => code === 'brand')?.values).toEqual([
        { value: 'luz', label: 'Luz e Som', count: 1, selected: true },
      ]);
      expect(counts(found, 'tag')).toEqual({ 'Reading room': 1 });
      expect(await slugs(shopper, 'lamp', { filter: { brands: ['unknown'] } })).toEqual([]);

      const { brand } = await catalog.query<{ brand: { id: string } }>(staff, '{ brand(slug: "luz") { id } }');
      const rename =
        'mutation ($id: ID!) { brandUpdate(input: { id: $id, name: "Candela" }) { userErrors { message } } }';
      await catalog.query(staff, rename, brand);
      await until(async () => (await slugs(shopper, 'Candela')).join() === 'desk');
    });

    test('a change is found within one second', async () => {
      const id = await idOf('floor');
      const seconds: number[] = [];
      for (const word of ['azure', 'crimson', 'emerald']) {
        await catalog.query(staff, UPDATE, { input: { id, name: `Floor lamp, ${word} shade` } });
        const changed = performance.now();
        await until(async () => (await slugs(shopper, word)).join() === 'floor');
        seconds.push((performance.now() - changed) / 1000);
      }
      // The fastest of three, because other work on the machine may delay one of them.
      expect(Math.min(...seconds)).toBeLessThan(1);
    });

    test("no tenant finds another tenant's products, words or synonyms", async () => {
      expect(await search(otherTenant, 'lamp')).toMatchObject({
        nodes: [],
        totalCount: 0,
        facets: [],
        corrected: null,
      });
      expect(await search(otherTenant, '')).toMatchObject({ nodes: [], totalCount: 0, facets: [] });
      expect(await search(otherTenant, 'bras')).toMatchObject({ corrected: null, reason: 'NO_MATCH' });
      expect(await suggest(otherTenant, 'bra')).toEqual({ queries: [], products: [] });
      expect(await catalog.query(otherTenant, '{ searchIndex { pending synonyms { phrases } languages } }')).toEqual({
        searchIndex: { pending: 0, synonyms: [], languages: ['en'] },
      });
    });
  });
}
