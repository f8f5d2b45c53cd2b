import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordQueries, testActors } from '@souk/kit/testing';
import type { RequestContext } from '@souk/kit/context';
import { PriceLines } from '../contract.ts';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
const { shopper, staff, system } = testActors(['catalog:write']);
const german: RequestContext = { ...shopper, locale: 'de-AT' };
const PRODUCTS = 1500;

beforeAll(async () => {
  catalog = await startTestCatalog();
  await catalog.services.importCategories(system, [{ slug: 'shirts', name: 'Shirts' }]);
  const products = Array.from({ length: PRODUCTS }, (_, number) =>
    shirt({
      slug: `shirt-${number}`,
      baseSku: `SHIRT-${number}`,
      categories: ['shirts'],
      translations: [
        { locale: 'de', name: `Hemd ${number}`, description: null },
        { locale: 'fr', name: `Chemise ${number}`, description: null },
      ],
    }),
  );
  await catalog.services.importProducts(system, products);
  const prices = products.flatMap(({ baseSku }) =>
    ['S', 'M'].map((size) => ({
      sku: `${baseSku}-${size}`,
      fromQuantity: 1,
      unitPrice: '15',
      compareAtPrice: '19.90',
    })),
  );
  await catalog.services.importPriceLists(system, [{ code: 'sale', name: 'Sale', currency: 'EUR', prices }]);
  const admin = await catalog.database.connect();
  await admin.query('vacuum analyze');
});
afterAll(() => catalog.close());

const LIST = `query List($after: String, $sort: ProductSortInput, $filter: ProductFilterInput) {
  products(first: 20, after: $after, sort: $sort, filter: $filter) {
    nodes {
      id slug name description priceRange { min { amount } } categories { name }
      variants(first: 5) { nodes { sku name options { name value } price { amount } compareAtPrice { amount } } }
    }
    pageInfo { endCursor }
  }
}`;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

/** The nodes of the generic plan of a statement, which Postgres makes without the values of the parameters. */
async function planOf(ctx: RequestContext, statement: string): Promise<Plan[]> {
  const client = await catalog.database.connect('catalog_app');
  await client.query(`begin; select set_config('app.tenant_id', '${ctx.tenantId}', true)`);
  const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
    `explain (generic_plan, format json) ${statement}`,
  );
  await client.query('rollback');
  const below = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(below)];
  return rows.flatMap(({ 'QUERY PLAN': plans }) => plans.flatMap(({ Plan: top }) => below(top)));
}

/** Tables with few rows per tenant, which Postgres may scan completely. */
const SMALL = ['catalog_settings', 'price_list', 'category', 'category_translation'];

test.each<[string, RequestContext, string, () => Promise<Record<string, unknown>>]>([
  ['a page of the newest', shopper, LIST, async () => ({})],
  ['a page of the newest in another language', german, LIST, async () => ({})],
  ['a page of the newest, with drafts', staff, LIST, async () => ({})],
  ['a later page', shopper, LIST, async () => ({ after: await cursor({}) })],
  [
    'a later page by name',
    shopper,
    LIST,
    async () => ({ sort: { field: 'NAME' }, after: await cursor({ sort: { field: 'NAME' } }) }),
  ],
  ['a page by price', shopper, LIST, async () => ({ sort: { field: 'PRICE', direction: 'DESC' } })],
  ['a page of a category', shopper, LIST, async () => ({ filter: { category: 'shirts' } })],
  [
    'a product by slug',
    german,
    '{ product(slug: "shirt-7") { name categories { name } variants(first: 50) { nodes { sku prices { amount } } } } }',
    async () => ({}),
  ],
  [
    'the tiers of a variant',
    shopper,
    '{ productVariant(sku: "SHIRT-7-S") { priceTiers { fromQuantity } price(quantity: 10, countryCode: "DE") { amount } } }',
    async () => ({}),
  ],
  ['a variant by SKU', shopper, '{ productVariant(sku: "SHIRT-7-S") { name price { amount } } }', async () => ({})],
])('%s scans no table', async (_what, ctx, query, variables) => {
  const given = await variables();
  const { statements } = await recordQueries(() => catalog.query(ctx, query, given));
  const hot = statements.filter((statement) => statement.includes('select') && !/^(begin|commit)/.test(statement));
  expect(hot.length).toBeGreaterThan(0);
  expect(await scansOf(ctx, hot)).toEqual([]);
});

/** The sequential scans of large tables in the plans of the statements. */
async function scansOf(ctx: RequestContext, statements: readonly string[]) {
  const plans = await Promise.all(
    statements.map(async (statement) => ({ statement, plan: await planOf(ctx, statement) })),
  );
  return plans.flatMap(({ statement, plan }) =>
    plan.flatMap(({ 'Node Type': type, 'Relation Name': table = '' }) =>
      type === 'Seq Scan' && !SMALL.includes(table) ? [{ statement, table }] : [],
    ),
  );
}

test('a command for the prices of lines scans no table', async () => {
  const { productVariant } = await catalog.query<{ productVariant: { id: string } }>(
    shopper,
    '{ productVariant(sku: "SHIRT-7-S") { id } }',
  );
  const request = { currency: 'EUR', locale: 'en', variantIds: [productVariant.id], countryCode: 'DE' };
  const { statements } = await recordQueries(() => catalog.commands.send(shopper, PriceLines, request));
  expect(statements).toHaveLength(1);
  expect(await scansOf(shopper, statements)).toEqual([]);
});

async function cursor(variables: Record<string, unknown>): Promise<string> {
  const page = await catalog.query<{ products: { pageInfo: { endCursor: string } } }>(shopper, LIST, variables);
  return page.products.pageInfo.endCursor;
}
