import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { systemClock } from '@souk/kit/domain';
import { UnitOfWork } from '@souk/kit/persistence';
import { testActors } from '@souk/kit/testing';
import type { CatalogDatabase, CatalogUnitOfWork } from '../../database.ts';
import { entities } from '../../database.ts';
import { encoded } from '../reading/text-encoding.ts';
import { startTestCatalog, type TestCatalog } from '../../testing/catalog.ts';
import { ImportRun } from './import-run.service.ts';
import { RunImportsJob } from './run-imports.job.ts';
import { createLogger } from '@souk/kit/runtime';

let catalog: TestCatalog;
let unitOfWork: CatalogUnitOfWork;
beforeAll(async () => {
  catalog = await startTestCatalog();
  unitOfWork = new UnitOfWork<CatalogDatabase>(await catalog.database.openOrm('catalog', entities));
});
afterAll(() => catalog.close());

const FIELDS =
  'id status rowCount createdCount updatedCount skippedCount failedCount problemCount failure progress notices { column message } format { encoding delimiter decimalMark }';
const START = `mutation ($input: ImportStartInput!) { importStart(input: $input) { import { ${FIELDS} } userErrors { code message field } } }`;
const SHOW = `query ($id: ID!) { import(id: $id) { ${FIELDS} problems(first: 50) { nodes { line column code message suggestion } } } importErrorFile(id: $id) { text next } }`;
const PRODUCTS = `query ($slug: String!) { product(slug: $slug) { name description status brand { slug name } tags seoTitle hsCode originCountry options { name values } attributes { code values } media { url alt }
  variants { nodes { sku name weightGrams barcode size { lengthMm widthMm heightMm } prices { amount currencyCode } attributes { code values } } } } }`;

interface Import {
  id: string;
  status: string;
  createdCount: number;
  [field: string]: unknown;
}

const work = () =>
  new RunImportsJob(unitOfWork, new ImportRun(unitOfWork, systemClock), createLogger({ level: 'silent' })).run();

async function start(ctx: RequestContext, input: object): Promise<Import> {
  const { importStart } = await catalog.query<{ importStart: { import: Import; userErrors: object[] } }>(ctx, START, {
    input: { kind: 'SOUK_PRODUCTS', ...input },
  });
  expect(importStart.userErrors).toEqual([]);
  return importStart.import;
}

async function show(ctx: RequestContext, id: string) {
  return catalog.query<{
    import: Import & { problems: { nodes: Record<string, unknown>[] } };
    importErrorFile: { text: string };
  }>(ctx, SHOW, { id });
}

async function imported(ctx: RequestContext, input: object) {
  const { id } = await start(ctx, input);
  await work();
  return show(ctx, id);
}

const counts = ({ createdCount, updatedCount, skippedCount, failedCount, status }: Record<string, unknown>) => ({
  status,
  counts: [createdCount, updatedCount, skippedCount, failedCount],
});

const SHIRTS = [
  'slug;name;status;sku;options;price:EUR;name:de;weight_grams',
  'shirt;Cotton Shirt;published;0815;Size=S|Color=Blue;19,90;Baumwollhemd;200',
  'shirt;;;0816;Size=M|Color=Blue;21,90;;210',
  'cap;Cap;draft;1e5;;5;;',
].join('\r\n');

test('products are created, a second import changes nothing, and a changed file changes one product', async () => {
  const { staff } = testActors(['catalog:write']);
  const first = await imported(staff, { text: SHIRTS });
  expect(first.import).toMatchObject({ failure: null, rowCount: 3, progress: 100 });
  expect(first.import['format']).toEqual({ encoding: 'UTF_8', delimiter: 'SEMICOLON', decimalMark: 'COMMA' });
  expect(counts(first.import)).toEqual({ status: 'COMPLETED', counts: [2, 0, 0, 0] });
  const { product } = await catalog.query<{ product: { variants: { nodes: { sku: string }[] } } }>(staff, PRODUCTS, {
    slug: 'shirt',
  });
  expect(product).toMatchObject({
    name: 'Cotton Shirt',
    options: [
      { name: 'Size', values: ['S', 'M'] },
      { name: 'Color', values: ['Blue'] },
    ],
  });
  expect(product.variants.nodes.map(({ sku }) => sku)).toEqual(['0815', '0816']);

  expect(counts((await imported(staff, { text: SHIRTS })).import)).toEqual({
    status: 'COMPLETED',
    counts: [0, 0, 2, 0],
  });
  const changed = SHIRTS.replace('21,90', '22,50');
  expect(counts((await imported(staff, { text: changed })).import)).toEqual({
    status: 'COMPLETED',
    counts: [0, 1, 1, 0],
  });
});

test('a file with sku and name creates products, whose slugs come from the names, and finds them again by SKU', async () => {
  const { staff } = testActors(['catalog:write']);
  const text = 'sku,name\nLAMP-1,Floor Lamp\nLAMP-2,Floor Lamp';
  expect(counts((await imported(staff, { text, dryRun: true })).import)).toMatchObject({ counts: [2, 0, 0, 0] });
  expect(counts((await imported(staff, { text })).import)).toMatchObject({ counts: [2, 0, 0, 0] });
  const { product } = await catalog.query<{ product: object }>(staff, PRODUCTS, { slug: 'floor-lamp' });
  expect(product).toMatchObject({ name: 'Floor Lamp', variants: { nodes: [{ sku: 'LAMP-1' }] } });
  const twin = await catalog.query<{ product: object }>(staff, PRODUCTS, { slug: 'floor-lamp-lamp-2' });
  expect(twin.product).toMatchObject({ variants: { nodes: [{ sku: 'LAMP-2' }] } });
  expect(counts((await imported(staff, { text })).import)).toMatchObject({ counts: [0, 0, 2, 0] });
  const renamed = await imported(staff, { text: 'sku,name\nLAMP-1,Tall Lamp' });
  expect(counts(renamed.import)).toMatchObject({ counts: [0, 1, 0, 0] });
  const namesake = await imported(staff, { text: 'sku,name\nLAMP-3,Floor Lamp' });
  expect(counts(namesake.import)).toMatchObject({ counts: [1, 0, 0, 0] });
  const { import: refused } = await imported(staff, { text: 'sku,price:EUR\nNEW-1,5' });
  expect(refused.problems.nodes).toMatchObject([
    { code: 'UNKNOWN_SKU', suggestion: 'Correct the SKU, or add the column name to create the product' },
  ]);
});

test('a dry run reports the same counts and problems, and writes nothing', async () => {
  const { staff } = testActors(['catalog:write']);
  const dry = await imported(staff, { text: SHIRTS, dryRun: true });
  expect(counts(dry.import)).toEqual({ status: 'COMPLETED', counts: [2, 0, 0, 0] });
  expect((await catalog.query<{ product: null }>(staff, PRODUCTS, { slug: 'shirt' })).product).toBeNull();
});

test('a file with prices only changes prices, and reports unknown SKUs', async () => {
  const { staff } = testActors(['catalog:write']);
  await imported(staff, { text: SHIRTS });
  const prices = await imported(staff, { text: 'sku,price:EUR,price:USD\n0816,25.00,30\nnone,1.50,\n' });
  expect(counts(prices.import)).toEqual({ status: 'COMPLETED', counts: [0, 1, 0, 1] });
  expect(prices.import.problems.nodes).toMatchObject([{ line: 3, column: 'sku', code: 'UNKNOWN_SKU' }]);
  const { product } = await catalog.query<{ product: { variants: { nodes: unknown[] } } }>(staff, PRODUCTS, {
    slug: 'shirt',
  });
  expect(product.variants.nodes[1]).toMatchObject({
    name: 'M / Blue',
    prices: [{ amount: '25.00' }, { amount: '30.00' }],
  });
});

test('a product with a problem is left out as a whole, and its rows are in a file to mend', async () => {
  const { staff } = testActors(['catalog:write']);
  const text = [
    'slug,name,sku,options,price:EUR,categories,stock',
    'good,Good,G-1,,1.50,,7',
    'bad,Bad,B-1,Size=S,"one euro",nowhere,1',
    'bad,,B-2,Size=M,2.50,,1',
    'twice,Twice,G-1,,3.00,,1',
    'formula,=1+1,F-1,,4.00,nowhere,',
  ].join('\n');
  const { import: done, importErrorFile } = await imported(staff, { text });
  expect(counts(done)).toEqual({ status: 'COMPLETED', counts: [1, 0, 0, 3] });
  expect(done.problems.nodes.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'price:EUR', 'INVALID_NUMBER'],
    [5, 'sku', 'SKU_TAKEN'],
    [6, 'categories', 'UNKNOWN_CATEGORY'],
  ]);
  expect(done['notices']).toMatchObject([{ column: 'stock' }]);
  expect(importErrorFile.text).toBe(
    `\ufeff${[text.split('\n')[0], ...text.split('\n').slice(2)].join('\r\n')}\r\n`
      .replace('=1+1', "'=1+1")
      .replace('"one euro"', 'one euro'),
  );
  const mended = importErrorFile.text
    .replace('one euro', '1.00')
    .replaceAll('nowhere', '')
    .replace('twice,Twice,G-1', 'twice,Twice,T-1');
  const again = await imported(staff, { text: mended });
  expect(again.import.problems.nodes).toEqual([]);
  expect(counts(again.import)).toEqual({ status: 'COMPLETED', counts: [3, 0, 0, 0] });
  expect((await catalog.query<{ product: object }>(staff, PRODUCTS, { slug: 'formula' })).product).toMatchObject({
    name: '=1+1',
  });
});

const SHOPIFY_OLD = [
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,Image Position,Image Alt Text,Status',
  'wool-scarf,Wool Scarf,"<p>Warm.</p>\n<p>Soft<script>alert(1)</script></p>",Alps,Scarves,"warm, wool",true,Color,Red,SC-R,120,5,29.90,00012345678905,https://img.test/1.jpg,1,Red scarf,active',
  'wool-scarf,,,,,,,,Blue,SC-B,120,3,29.90,,https://img.test/2.jpg,2,,',
  'wool-scarf,,,,,,,,,,,,,,https://img.test/3.jpg,3,,',
  'gift,Gift,,,,,false,Title,Default Title,,0,0,10.00,,,,,draft',
].join('\n');
const SHOPIFY_NEW = SHOPIFY_OLD.replace(
  SHOPIFY_OLD.split('\n')[0] ?? '',
  'URL handle,Title,Description,Vendor,Type,Tags,Published on online store,Option1 name,Option1 value,SKU,Weight value (grams),Inventory quantity,Price,Barcode,Product image URL,Image position,Image alt text,Status',
);

test('both generations of Shopify files give the same products, with every picture and barcode', async () => {
  const { staff } = testActors(['catalog:write']);
  const old = await imported(staff, { kind: 'SHOPIFY_PRODUCTS', text: SHOPIFY_OLD });
  expect(counts(old.import)).toEqual({ status: 'COMPLETED', counts: [2, 0, 0, 0] });
  const { product } = await catalog.query<{ product: object }>(staff, PRODUCTS, { slug: 'wool-scarf' });
  expect(product).toMatchObject({
    description: 'Warm.\n\nSoft',
    status: 'PUBLISHED',
    media: [1, 2, 3].map((number) => ({ url: `https://img.test/${number}.jpg` })),
    brand: { slug: 'alps', name: 'Alps' },
    tags: ['warm', 'wool'],
    attributes: [{ code: 'product-type', values: ['Scarves'] }],
    variants: {
      nodes: [
        { sku: 'SC-R', name: 'Red', weightGrams: 120, barcode: '012345678905', attributes: [] },
        { sku: 'SC-B', name: 'Blue' },
      ],
    },
  });
  const newer = await imported(staff, { kind: 'SHOPIFY_PRODUCTS', text: SHOPIFY_NEW });
  expect(counts(newer.import)).toEqual({ status: 'COMPLETED', counts: [0, 0, 2, 0] });
  expect(newer.import['notices']).toMatchObject([{ column: 'Inventory quantity' }]);
});

test('the details of a product are imported, and a missing brand and a wrong HS code are reported', async () => {
  const { staff, system } = testActors(['catalog:write']);
  await catalog.services.importBrands(system, [{ slug: 'alps', name: 'Alps' }]);
  const header = 'slug,name,sku,brand,tags,hs_code,origin_country,seo_title,seo_title:de';
  const row = 'scarf,Scarf,SC,alps,warm|Wool,6117.10,at,Warm scarf,Warmer Schal';
  const first = await imported(staff, {
    text: [header, row, 'b,B,B,unknown,,,,,', 'c,C,C,,,61,,,', 'd,D,D,,,,XX,,'].join('\n'),
  });
  expect(first.import['problemCount']).toBe(3);
  expect(first.import).toMatchObject({ createdCount: 1, failedCount: 3 });
  const shown = await show(staff, first.import.id);
  expect(shown.import.problems.nodes.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'brand', 'UNKNOWN_BRAND'],
    [4, 'hs_code', 'INVALID_VALUE'],
    [5, 'origin_country', 'INVALID_VALUE'],
  ]);
  const german: RequestContext = { ...staff, locale: 'de' };
  expect((await catalog.query<{ product: object }>(german, PRODUCTS, { slug: 'scarf' })).product).toMatchObject({
    brand: { name: 'Alps' },
    tags: ['warm', 'Wool'],
    hsCode: '611710',
    originCountry: 'AT',
    seoTitle: 'Warmer Schal',
  });
  const others = 'slug,sku,price:EUR\nscarf,SC,5';
  expect(counts((await imported(staff, { text: others })).import)).toMatchObject({ counts: [0, 1, 0, 0] });
  expect((await catalog.query<{ product: object }>(german, PRODUCTS, { slug: 'scarf' })).product).toMatchObject({
    brand: { name: 'Alps' },
    tags: ['warm', 'Wool'],
    hsCode: '611710',
  });
});

test('barcodes and sizes are imported, and a barcode of another product or with a wrong check digit is reported', async () => {
  const { staff } = testActors(['catalog:write']);
  const text = [
    'slug,name,sku,barcode,length_mm,width_mm,height_mm',
    'a,A,A-1,4006381333931,10,20,30',
    'b,B,B-1,04006381333931,,,',
    'c,C,C-1,4006381333932,,,',
    'd,D,D-1,,10,,',
  ].join('\n');
  const first = await imported(staff, { text });
  expect(first.import).toMatchObject({ createdCount: 1, failedCount: 3 });
  expect(first.import.problems.nodes.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'barcode', 'BARCODE_TAKEN'],
    [4, 'barcode', 'INVALID_VALUE'],
    [5, 'length_mm', 'INVALID_NUMBER'],
  ]);
  expect((await catalog.query<{ product: object }>(staff, PRODUCTS, { slug: 'a' })).product).toMatchObject({
    variants: { nodes: [{ barcode: '4006381333931', size: { lengthMm: 10, widthMm: 20, heightMm: 30 } }] },
  });
});

test('a file in parts and in an old encoding is read as one text', async () => {
  const { staff } = testActors(['catalog:write']);
  const bytes = Buffer.from(encoded(SHIRTS.replace('Cotton Shirt', 'Größe ä 5 €'), 'CP858'));
  const part = (startByte: number, end: number, more: object) => ({
    part: { startByte, content: bytes.subarray(startByte, end).toString('base64'), ...more },
  });
  const { id } = await start(staff, part(0, 100, { hasMore: true }));
  await start(staff, part(100, bytes.length, { importId: id }));
  await start(staff, part(100, bytes.length, { importId: id })); // a client that got no answer sends the part again
  await work();
  expect(counts((await show(staff, id)).import)).toEqual({ status: 'COMPLETED', counts: [2, 0, 0, 0] });
  expect((await catalog.query<{ product: object }>(staff, PRODUCTS, { slug: 'shirt' })).product).toMatchObject({
    name: 'Größe ä 5 €',
  });
});

test('after a crash another worker continues behind the last batch', async () => {
  const { staff } = testActors(['catalog:write']);
  const rows = Array.from({ length: 1200 }, (_, index) => `p-${index},Product ${index},SKU-${index},1.50`);
  const { id } = await start(staff, { text: ['slug,name,sku,price:EUR', ...rows].join('\n') });
  const admin = await catalog.database.connect();
  let batches = 0;
  const crashing: CatalogUnitOfWork = Object.create(unitOfWork, {
    run: {
      value: (...args: Parameters<CatalogUnitOfWork['run']>) => {
        if (++batches > 3) throw new Error('crash'); // claim, format, the first batch
        return unitOfWork.run(...args);
      },
    },
    read: { value: unitOfWork.read.bind(unitOfWork) },
    callFunction: { value: unitOfWork.callFunction.bind(unitOfWork) },
  });
  await expect(new ImportRun(crashing, systemClock).continue(staff.tenantId, id)).rejects.toThrow('crash');
  const stopped = (await show(staff, id)).import;
  expect(stopped).toMatchObject({ status: 'RUNNING', rowCount: 500, createdCount: 500 });
  await work();
  expect((await show(staff, id)).import).toMatchObject({ status: 'RUNNING', rowCount: 500 }); // the lease has not ended
  await admin.query(`update catalog.import_job set due_at = now() where id = $1`, [id]);
  await work();
  expect((await show(staff, id)).import).toMatchObject({
    status: 'COMPLETED',
    rowCount: 1200,
    createdCount: 1200,
    skippedCount: 0,
  });
  const { rows: left } = await admin.query('select 1 from catalog.import_part where import_id = $1', [id]);
  expect(left).toEqual([]);
});

test('a canceled import imports nothing more, and an unreadable file fails with its reason', async () => {
  const { staff } = testActors(['catalog:write']);
  const { id } = await start(staff, { text: SHIRTS });
  const CANCEL = `mutation ($input: ImportCancelInput!) { importCancel(input: $input) { import { status } userErrors { code } } }`;
  const cancel = () => catalog.query<{ importCancel: object }>(staff, CANCEL, { input: { id } });
  expect(await cancel()).toEqual({ importCancel: { import: { status: 'CANCELED' }, userErrors: [] } });
  await work();
  expect(counts((await show(staff, id)).import)).toEqual({ status: 'CANCELED', counts: [0, 0, 0, 0] });
  expect(await cancel()).toEqual({ importCancel: { import: null, userErrors: [{ code: 'IMPORT_ENDED' }] } });
  const header = await imported(staff, { text: 'a,b\n1,2\n' });
  expect(header.import).toMatchObject({ status: 'FAILED', failure: expect.stringContaining('"sku"') });
  const quote = await imported(staff, { text: 'slug,name,sku\np,"Open,S-1\n' });
  expect(quote.import).toMatchObject({ status: 'FAILED', failure: expect.stringContaining('Line 2') });
});

test('imports are for staff of their tenant', async () => {
  const { staff, shopper, stranger } = testActors(['catalog:write']);
  const { id } = await start(staff, { text: SHIRTS });
  for (const other of [shopper, stranger]) {
    const { errors } = await catalog.execute(other, START, { input: { kind: 'SOUK_PRODUCTS', text: SHIRTS } });
    expect(errors).toHaveLength(1);
    const { data } = await catalog.execute<{ import: null }>(other, SHOW, { id });
    expect(data?.import).toBeNull();
  }
  const { staff: elsewhere } = testActors(['catalog:write']);
  const { data } = await catalog.execute<{ import: null }>(elsewhere, SHOW, { id });
  expect(data?.import).toBeNull();
});
