import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { systemClock } from '@souk/kit/domain';
import { UnitOfWork } from '@souk/kit/persistence';
import { createLogger } from '@souk/kit/runtime';
import { testActors } from '@souk/kit/testing';
import { entities, type CatalogDatabase, type CatalogUnitOfWork } from '../database.ts';
import { readCsv } from '../import/reading/csv-records.ts';
import { ImportRun } from '../import/job/import-run.service.ts';
import { RunImportsJob } from '../import/job/run-imports.job.ts';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
let unitOfWork: CatalogUnitOfWork;
beforeAll(async () => {
  catalog = await startTestCatalog();
  unitOfWork = new UnitOfWork<CatalogDatabase>(await catalog.database.openOrm('catalog', entities));
});
afterAll(() => catalog.close());

const EXPORT = `query ($format: ExportFormat!, $after: String) { productExport(format: $format, after: $after) { fileName mediaType text next } }`;
const START = `mutation ($input: ImportStartInput!) { importStart(input: $input) { import { id } userErrors { message } } }`;
const SHOW = `query ($id: ID!) { import(id: $id) { status failure createdCount updatedCount skippedCount failedCount problems { nodes { line column message } } } }`;

async function exported(ctx: RequestContext, format: string) {
  const parts: string[] = [];
  let after: string | null = null;
  do {
    const found: { productExport: { text: string; next: string | null } } = await catalog.query(ctx, EXPORT, {
      format,
      after,
    });
    parts.push(found.productExport.text);
    after = found.productExport.next;
  } while (after !== null);
  return parts;
}

async function imported(ctx: RequestContext, kind: string, text: string) {
  const bytes = Buffer.from(text);
  const started = await catalog.query<{ importStart: { import: { id: string } } }>(ctx, START, {
    input: { kind, part: { content: bytes.toString('base64') } },
  });
  await new RunImportsJob(unitOfWork, new ImportRun(unitOfWork, systemClock), createLogger({ level: 'silent' })).run();
  return (await catalog.query<{ import: object }>(ctx, SHOW, started.importStart.import)).import;
}

const same = (count: number) => ({
  status: 'COMPLETED',
  failure: null,
  createdCount: 0,
  updatedCount: 0,
  skippedCount: count,
  failedCount: 0,
  problems: { nodes: [] },
});

async function fill(ctx: RequestContext) {
  const { services } = catalog;
  await services.importAttributes(ctx, [{ code: 'material', name: 'Material' }]);
  await services.importBrands(ctx, [{ slug: 'odd-brand', name: "'=A|B, C\\" }]);
  await services.importCategories(ctx, [
    { slug: 'men', name: 'Men' },
    { slug: 'sale', name: 'Sale' },
  ]);
  await services.importCollections(ctx, [{ slug: 'summer', name: 'Summer' }]);
  const many = Array.from({ length: 250 }, (_, index) => shirt({ slug: `shirt-${index}` }));
  await services.importProducts(ctx, [
    ...many,
    shirt({
      slug: 'odd',
      name: '=HYPERLINK("x")',
      description: ' Two  spaces,\n\n"quotes"; and <b>&amp; more</b>\r\n- end ',
      baseSku: '0815',
      externalReference: '@erp',
      taxCategory: 'reduced',
      status: 'DRAFT',
      categories: ['sale', 'men'],
      collections: ['summer'],
      attributes: [{ code: 'material', values: ['Wool', ' Silk '] }],
      brand: 'odd-brand',
      tags: ['new|warm', '=warm'],
      seoTitle: ' @title ',
      seoDescription: 'Line\nline',
      hsCode: '0101.21',
      originCountry: 'de',
      translations: [
        { locale: 'de', name: "'-Hemd", description: 'Größe\nM', seoTitle: '-Titel', seoDescription: ' Zeile' },
        { locale: 'fr', seoTitle: 'Titre' },
      ],
      media: [
        { url: 'https://img.test/a|b.jpg', alt: '', width: 10, height: 20 },
        { url: 'https://img.test/c.jpg', alt: '+ "c"' },
        { url: 'https://img.test/d.mp4', kind: 'VIDEO' },
      ],
      variants: [
        {
          sku: '1e5',
          name: " '=name ",
          options: [{ name: 'Size', value: '3/4"' }],
          prices: [
            { amount: '1.234', currency: 'EUR' },
            { amount: '1500', currency: 'JPY' },
          ],
          weightGrams: 7,
          barcode: '04006381333931',
          size: { lengthMm: 10, widthMm: 20, heightMm: 30 },
        },
        {
          sku: '00012345678905',
          options: [{ name: 'Size', value: 'M|L' }],
          content: { amount: '0.125', unit: 'LITER' },
          externalReference: '-v',
          attributes: [{ code: 'material', values: ['=Wool'] }],
        },
      ],
    }),
    { name: 'Without variants', slug: 'empty', baseSku: 'EMPTY', status: 'PUBLISHED' },
  ]);
}

test.each([
  ['SOUK_CSV', 'SOUK_PRODUCTS'],
  ['SHOPIFY_CSV', 'SHOPIFY_PRODUCTS'],
])('the products of an export in %s import back unchanged', async (format, kind) => {
  const { staff } = testActors(['catalog:write']);
  await fill(staff);
  const parts = await exported(staff, format);
  expect(parts).toHaveLength(2);
  for await (const { cells } of readCsv([parts.join('').slice(1)], ','))
    for (const cell of cells) expect(cell).not.toMatch(/^[=+@\t\r-]/);
  expect(await imported(staff, kind, parts.join(''))).toEqual(same(252));
});

test('an export of Souk CSV creates the same products in another shop', async () => {
  const [{ staff }, { staff: other }] = [testActors(['catalog:write']), testActors(['catalog:write'])];
  await fill(staff);
  const text = (await exported(staff, 'SOUK_CSV')).join('');
  const { services } = catalog;
  await services.importAttributes(other, [{ code: 'material', name: 'Material' }]);
  await services.importBrands(other, [{ slug: 'odd-brand', name: 'Another name' }]);
  await services.importCategories(other, [
    { slug: 'men', name: 'Men' },
    { slug: 'sale', name: 'Sale' },
  ]);
  await services.importCollections(other, [{ slug: 'summer', name: 'Summer' }]);
  expect(await imported(other, 'SOUK_PRODUCTS', text)).toEqual({ ...same(0), createdCount: 252 });
  const shirts = (parts: readonly string[]) =>
    parts
      .join('')
      .split('\r\n')
      .filter((line) => line.startsWith('shirt-'));
  expect(shirts(await exported(other, 'SOUK_CSV')).toSorted()).toEqual(shirts([text]).toSorted());
});

test('an export in JSONL has a product on each line, and is for staff', async () => {
  const { staff, shopper } = testActors(['catalog:write']);
  await fill(staff);
  const lines = (await exported(staff, 'JSONL')).join('').trimEnd().split('\n');
  const odd = lines.map((line) => JSON.parse(line) as { slug: string }).find(({ slug }) => slug === 'odd');
  expect(lines).toHaveLength(252);
  expect(odd).toMatchObject({ brand: 'odd-brand', tags: ['new|warm', '=warm'], hsCode: '010121', originCountry: 'DE' });
  expect(odd).toMatchObject({ categories: ['sale', 'men'], variants: [{ sku: '1e5' }, { sku: '00012345678905' }] });
  expect((await catalog.execute(shopper, EXPORT, { format: 'JSONL' })).errors).toHaveLength(1);
});
