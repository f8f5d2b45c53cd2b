import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testActors } from '@souk/kit/testing';
import { NOW, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
const { shopper, staff, system } = testActors(['catalog:write']);

beforeAll(async () => {
  catalog = await startTestCatalog();
  await catalog.services.importAttributes(system, [{ code: 'material', name: 'Material' }]);
  await catalog.services.importCategories(system, [
    { slug: 'men', name: 'Men' },
    { slug: 'shirts', name: 'Shirts', parentSlug: 'men' },
  ]);
});
afterAll(() => catalog.close());

interface UserError {
  __typename: string;
  code: string;
  message: string;
  field: string[] | null;
}
type Payload = { userErrors: UserError[] } & Record<string, Record<string, unknown> | null>;

/** Runs a mutation. The name of its input type is derived from `name`. @returns the payload */
async function mutate(name: string, input: object, selection: string, ctx = staff): Promise<Payload> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { __typename code message field } } }`;
  return (await catalog.query<Record<string, Payload>>(ctx, document, { input }))[name] as Payload;
}

const price = (amount: string, currencyCode = 'EUR') => ({ amount, currencyCode });
const sized = (sku: string, size: string, amount = '10') => ({
  sku,
  options: [{ name: 'Size', value: size }],
  prices: [price(amount)],
});

async function createProduct(values: object = {}): Promise<{ id: string; version: number; slug: string }> {
  const name = `Shirt ${randomUUID()}`;
  const input = {
    name,
    baseSku: 'SHIRT',
    status: 'PUBLISHED',
    variants: [sized(`${name}-S`, 'S'), sized(`${name}-M`, 'M', '12')],
    ...values,
  };
  const { product, userErrors } = await mutate('productCreate', input, 'product { id version slug }');
  expect(userErrors).toEqual([]);
  return product as { id: string; version: number; slug: string };
}

async function variantOf(productId: string): Promise<{ id: string; sku: string; version: number }> {
  const query = 'query ($id: ID) { product(id: $id) { variants(first: 1) { nodes { id sku version } } } }';
  const { product } = await catalog.query<{
    product: { variants: { nodes: { id: string; sku: string; version: number }[] } };
  }>(staff, query, { id: productId });
  const [variant] = product.variants.nodes;
  if (!variant) throw new Error('no variant');
  return variant;
}

async function events(productId: string): Promise<string[]> {
  const admin = await catalog.database.connect();
  const { rows } = await admin.query<{ subject: string }>(
    'select subject from catalog.outbox_event where aggregate_id = $1',
    [productId],
  );
  return rows.map(({ subject }) => subject);
}

test('a product is created with all its details', async () => {
  const { category } = await catalog.query<{ category: { id: string } }>(staff, '{ category(slug: "shirts") { id } }');
  const { product } = await mutate(
    'productCreate',
    {
      name: 'Linen Shirt',
      baseSku: 'LINEN',
      status: 'PUBLISHED',
      description: 'Cool in summer',
      externalReference: 'erp-7',
      variants: [sized('LINEN-S', 'S', '49.90'), sized('LINEN-M', 'M', '0.0015')],
      categoryIds: [category.id],
      attributes: [{ code: 'material', values: ['Linen', 'Cotton'] }],
      translations: [{ locale: 'de', name: 'Leinenhemd' }],
      media: [{ url: 'https://cdn.test/linen.jpg', alt: 'The shirt', width: 800, height: 600 }],
    },
    `product { id slug status version createdBy options { name values } categories { slug path { slug } } attributes { code name values }
       media { url alt width height kind } variants { nodes { sku name position: version price { amount } product { slug } } } priceRange { min { amount } max { amount } } }`,
  );
  expect(product).toMatchObject({
    slug: 'linen-shirt',
    status: 'PUBLISHED',
    version: 1,
    createdBy: staff.actor.kind === 'user' ? staff.actor.userId : '',
    options: [{ name: 'Size', values: ['S', 'M'] }],
    categories: [{ slug: 'shirts', path: [{ slug: 'men' }, { slug: 'shirts' }] }],
    attributes: [{ code: 'material', name: 'Material', values: ['Linen', 'Cotton'] }],
    media: [{ url: 'https://cdn.test/linen.jpg', alt: 'The shirt', width: 800, height: 600, kind: 'IMAGE' }],
    variants: {
      nodes: [
        { sku: 'LINEN-S', name: 'S', price: { amount: '49.90' }, product: { slug: 'linen-shirt' } },
        { sku: 'LINEN-M', price: { amount: '0.0015' } },
      ],
    },
    priceRange: { min: { amount: '0.00' }, max: { amount: '49.90' } },
  });
  expect(
    await catalog.query({ ...shopper, locale: 'de' }, '{ product(slug: "linen-shirt") { name description } }'),
  ).toEqual({
    product: { name: 'Leinenhemd', description: 'Cool in summer' },
  });
  expect(await events(String(product?.['id']))).toEqual(['catalog.product.changed']);
});

test('slugs, SKUs and external references are unique', async () => {
  const { slug } = await createProduct({ externalReference: 'erp-taken', variants: [sized('TAKEN', 'S')] });
  const base = { name: 'Other', baseSku: 'O' };
  const taken = async (input: object) =>
    (await mutate('productCreate', { ...base, ...input }, 'product { id }')).userErrors;
  expect(await taken({ slug })).toMatchObject([{ code: 'SLUG_TAKEN', field: ['slug'] }]);
  expect(await taken({ externalReference: 'erp-taken' })).toMatchObject([{ code: 'EXTERNAL_REFERENCE_TAKEN' }]);
  expect(await taken({ variants: [sized('FREE', 'S'), sized('TAKEN', 'M')] })).toMatchObject([
    { code: 'SKU_TAKEN', field: ['variants', '1', 'sku'] },
  ]);
});

test('a deleted product disappears, and its slug and SKUs are free', async () => {
  const { id, slug } = await createProduct({ variants: [sized('AGAIN', 'S')] });
  expect(await mutate('productDelete', { id }, 'deletedId')).toMatchObject({ deletedId: id, userErrors: [] });
  expect(await catalog.query(staff, 'query ($id: ID) { product(id: $id) { id } }', { id })).toEqual({
    product: null,
  });
  await createProduct({ slug, variants: [sized('AGAIN', 'S')] });
});

test('an update changes the given fields only, and the version increases', async () => {
  const { id, slug } = await createProduct({ description: 'Soft' });
  const { product } = await mutate(
    'productUpdate',
    { id, expectedVersion: 1, name: 'Blouse', media: [{ url: 'https://cdn.test/b.jpg' }] },
    'product { name slug description version media { url } }',
  );
  expect(product).toEqual({
    name: 'Blouse',
    slug,
    description: 'Soft',
    version: 2,
    media: [{ url: 'https://cdn.test/b.jpg' }],
  });
});

test('a change of an outdated version is refused', async () => {
  const { id } = await createProduct();
  await mutate('productUpdate', { id, name: 'First' }, 'product { id }');
  const { product, userErrors } = await mutate(
    'productUpdate',
    { id, name: 'Second', expectedVersion: 1 },
    'product { id }',
  );
  expect(product).toBeNull();
  expect(userErrors).toMatchObject([
    { __typename: 'VersionConflictError', code: 'VERSION_CONFLICT', field: ['expectedVersion'] },
  ]);
});

test('products of one name get numbered slugs in any script, and a chosen slug is refused when it is taken', async () => {
  const made = [];
  for (let count = 0; count < 3; count += 1) made.push((await createProduct({ name: '台灯', variants: [] })).slug);
  expect(made).toEqual(['taideng', 'taideng-2', 'taideng-3']);
  expect((await createProduct({ name: '!!!', variants: [] })).slug).toBe('item');
  const chosen = await mutate('productCreate', { name: 'X', baseSku: 'X', slug: 'taideng' }, 'product { id }');
  expect(chosen.userErrors).toMatchObject([{ code: 'SLUG_TAKEN', field: ['slug'] }]);
  const blank = await mutate('productCreate', { name: ' \u3000', baseSku: 'X' }, 'product { id }');
  expect(blank.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['name'] }]);
});

test('concurrently created products of one name all get a slug', async () => {
  const slugs = await Promise.all(
    Array.from({ length: 5 }, async () => (await createProduct({ name: 'At once', variants: [] })).slug),
  );
  expect(slugs.toSorted()).toEqual(['at-once', 'at-once-2', 'at-once-3', 'at-once-4', 'at-once-5']);
});

test('SKUs that look the same are one SKU, stored in one form', async () => {
  const sku = `LÁMP ${randomUUID().slice(0, 8).toUpperCase()}`;
  await createProduct({ variants: [sized(`  ${sku.normalize('NFD').replace(' ', '\u00A0')} `, 'S')] });
  const stored = await catalog.query(staff, 'query ($sku: String) { productVariant(sku: $sku) { sku } }', {
    sku,
  });
  expect(stored).toEqual({ productVariant: { sku } });

  for (const same of [sku, sku.toLowerCase(), sku.normalize('NFD'), sku.replace('L', '\uFF2C')]) {
    const { userErrors } = await mutate(
      'productCreate',
      { name: 'Same', baseSku: 'SAME', variants: [sized(same, 'S')] },
      'product { id }',
    );
    expect(userErrors).toMatchObject([{ code: 'SKU_TAKEN', field: ['variants', '0', 'sku'] }]);
  }
  const { id } = await createProduct();
  await mutate('productUpdate', { id, options: [{ name: 'Size', values: ['S', 'M', 'L'] }] }, 'product { id }');
  const added = await mutate(
    'productVariantCreate',
    { productId: id, ...sized(sku.toLowerCase(), 'L') },
    'productVariant { id }',
  );
  expect(added.userErrors).toMatchObject([{ code: 'SKU_TAKEN', field: ['sku'] }]);
});

test('a SKU with invisible characters is refused, and so are two SKUs of one input that look the same', async () => {
  const create = async (...skus: string[]) => {
    const variants = skus.map((sku, index) => sized(sku, `${index}`));
    return (await mutate('productCreate', { name: 'X', baseSku: 'X', variants }, 'product { id }')).userErrors;
  };
  expect(await create('A\u200B1')).toMatchObject([{ code: 'INVALID_INPUT', field: ['variants', '0', 'sku'] }]);
  expect(await create('same-1', 'SAME-1')).toMatchObject([{ code: 'SKU_TAKEN', field: ['variants', '1', 'sku'] }]);
});

test('the SKU of a deleted variant is free again', async () => {
  const sku = randomUUID();
  const { id } = await createProduct({ variants: [sized(sku, 'S')] });
  await mutate('productDelete', { id }, 'deletedId');
  await createProduct({ variants: [sized(sku.toUpperCase(), 'S')] });
});

test('a product without a priced variant cannot be published', async () => {
  const priceless = { ...sized(randomUUID(), 'S'), prices: [] };
  const refused = [{ code: 'PRODUCT_NOT_SELLABLE' }];
  const input = { name: 'Priceless', baseSku: 'P', variants: [priceless] };
  expect((await mutate('productCreate', { ...input, status: 'PUBLISHED' }, 'product { id }')).userErrors).toMatchObject(
    refused,
  );
  for (const variants of [[], [priceless]]) {
    const { id } = await createProduct({ status: 'DRAFT', variants });
    expect((await mutate('productPublish', { id }, 'product { id }')).userErrors).toMatchObject(refused);
    expect((await mutate('productUpdate', { id, status: 'PUBLISHED' }, 'product { id }')).userErrors).toMatchObject(
      refused,
    );
  }
});

test('null clears optional fields, and is refused with the field name for required ones', async () => {
  const { id } = await createProduct({ description: 'D', externalReference: randomUUID(), variants: [] });
  for (const field of ['name', 'slug', 'baseSku', 'status'])
    expect((await mutate('productUpdate', { id, [field]: null }, 'product { id }')).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: [field], message: expect.stringContaining('cannot be null') },
    ]);
  const cleared = { description: null, externalReference: null, options: null, categoryIds: null, media: null };
  const { product } = await mutate(
    'productUpdate',
    { id, ...cleared, collectionIds: null, attributes: null, expectedVersion: null, idempotencyKey: null },
    'product { description externalReference options { name } categories { id } media { url } }',
  );
  expect(product).toEqual({ description: '', externalReference: null, options: [], categories: [], media: [] });
});

test('variants follow the reordered options of their product, and cannot lose a value in use', async () => {
  const { id } = await createProduct({
    status: 'DRAFT',
    variants: [
      {
        sku: randomUUID(),
        options: [
          { name: 'Size', value: 'S' },
          { name: 'Color', value: 'Red' },
        ],
      },
    ],
  });
  const options = [
    { name: 'Color', values: ['Red', 'Blue'] },
    { name: 'Size', values: ['S'] },
  ];
  const { product } = await mutate(
    'productUpdate',
    { id, options },
    'product { options { name } variants { nodes { options { name value } } } }',
  );
  expect(product).toEqual({
    options: [{ name: 'Color' }, { name: 'Size' }],
    variants: {
      nodes: [
        {
          options: [
            { name: 'Color', value: 'Red' },
            { name: 'Size', value: 'S' },
          ],
        },
      ],
    },
  });
  const { userErrors } = await mutate(
    'productUpdate',
    {
      id,
      options: [
        { name: 'Color', values: ['Blue'] },
        { name: 'Size', values: ['S'] },
      ],
    },
    'product { id }',
  );
  expect(userErrors).toMatchObject([{ code: 'INVALID_OPTIONS', field: ['options'] }]);
});

test('publishing shows a product to shoppers, unpublishing hides it', async () => {
  const { id, slug } = await createProduct({ status: 'DRAFT' });
  const seen = async () =>
    (
      await catalog.query<{ product: object | null }>(
        shopper,
        'query ($slug: String) { product(slug: $slug) { id } }',
        { slug },
      )
    ).product;
  expect(await seen()).toBeNull();
  const { product } = await mutate('productPublish', { id }, 'product { status publishedAt }');
  expect(product).toEqual({ status: 'PUBLISHED', publishedAt: NOW.toISOString() });
  expect(await seen()).toEqual({ id });
  await mutate('productUnpublish', { id }, 'product { status }');
  expect(await seen()).toBeNull();
});

test('a translation can be set, changed and removed', async () => {
  const { id } = await createProduct({ name: `Lamp ${randomUUID()}`, slug: 'a-lamp' });
  const name = async () =>
    (
      await catalog.query<{ product: { name: string } }>(
        { ...shopper, locale: 'fr-CA' },
        '{ product(slug: "a-lamp") { name } }',
      )
    ).product.name;
  await mutate('productTranslationSet', { id, locale: 'fr', name: 'Lampe' }, 'product { id }');
  expect(await name()).toBe('Lampe');
  await mutate('productTranslationSet', { id, locale: 'fr-ca', name: 'Lampe du Québec' }, 'product { id }');
  expect(await name()).toBe('Lampe du Québec');
  await mutate('productTranslationSet', { id, locale: 'fr-CA' }, 'product { id }');
  expect(await name()).toBe('Lampe');
});

test('the price range follows added, changed and deleted variants', async () => {
  const { id: productId } = await createProduct();
  const range = 'productVariant { id name version product { priceRange { min { amount } max { amount } } } }';
  const sku = randomUUID();
  const { productVariant } = await mutate('productVariantCreate', { productId, ...sized(sku, 'M', '99') }, range);
  expect(productVariant).toBeNull(); // size M exists already
  const options = [{ name: 'Size', values: ['S', 'M', 'L'] }];
  await mutate('productUpdate', { id: productId, options }, 'product { id }');
  const created = (await mutate('productVariantCreate', { productId, ...sized(sku, 'L', '99') }, range)).productVariant;
  expect(created).toMatchObject({
    name: 'L',
    product: { priceRange: { min: { amount: '10.00' }, max: { amount: '99.00' } } },
  });

  const changed = await mutate(
    'productVariantUpdate',
    { id: created?.['id'], name: 'Large', weightGrams: 300 },
    'productVariant { name weightGrams version }',
  );
  expect(changed.productVariant).toEqual({ name: 'Large', weightGrams: 300, version: 2 });
  const priced = await mutate(
    'variantPricesSet',
    { id: created?.['id'], prices: [price('5'), price('6', 'USD')] },
    'productVariant { prices { amount currencyCode } dollars: price(currencyCode: "USD") { amount } product { priceRange { min { amount } } } }',
  );
  expect(priced.productVariant).toEqual({
    prices: expect.arrayContaining([price('5.00'), price('6.00', 'USD')]),
    dollars: { amount: '6.00' },
    product: { priceRange: { min: { amount: '5.00' } } },
  });
  expect(await mutate('productVariantDelete', { id: created?.['id'] }, 'deletedId')).toMatchObject({ userErrors: [] });
  expect(await catalog.query(staff, 'query ($sku: String) { productVariant(sku: $sku) { id } }', { sku })).toEqual({
    productVariant: null,
  });
});

test('a variant with the options of another variant is refused', async () => {
  const { id: productId } = await createProduct();
  const { userErrors } = await mutate(
    'productVariantCreate',
    { productId, ...sized(randomUUID(), 'M') },
    'productVariant { id }',
  );
  expect(userErrors).toMatchObject([{ code: 'OPTIONS_TAKEN', field: ['options'] }]);
});

test('a variant is changed only at the expected version', async () => {
  const { id } = await createProduct();
  const variant = await variantOf(id);
  const { userErrors } = await mutate(
    'variantPricesSet',
    { id: variant.id, expectedVersion: 9, prices: [] },
    'productVariant { id }',
  );
  expect(userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
});

test('the same idempotency key creates once, and another input with the key is refused', async () => {
  const input = { name: 'Only Once', baseSku: 'ONCE', idempotencyKey: randomUUID() };
  const first = await mutate('productCreate', input, 'product { id }');
  expect(await mutate('productCreate', input, 'product { id }')).toEqual(first);
  expect((await mutate('productCreate', { ...input, name: 'Twice' }, 'product { id }')).userErrors).toMatchObject([
    { code: 'IDEMPOTENCY_KEY_REUSED' },
  ]);
});

test.each<[string, object, string[]]>([
  ['an unknown category', { categoryIds: ['11111111-1111-4111-8111-111111111111'] }, ['categoryIds', '0']],
  ['an unknown attribute', { attributes: [{ code: 'unheard-of', values: ['x'] }] }, ['attributes']],
])('%s is not found', async (_what, values, field) => {
  const { userErrors } = await mutate('productCreate', { name: 'New', baseSku: 'N', ...values }, 'product { id }');
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field }]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//elsewhere.test/a.png', 'a.png'])(
  'media at %s are refused: a page would link to them',
  async (url) => {
    const input = { name: 'Vase', baseSku: 'VASE', media: [{ url }] };
    const { userErrors } = await mutate('productCreate', input, 'product { id }');
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['media', '0', 'url'] }]);
  },
);

test('an invalid input is refused with the path to each mistake', async () => {
  const { userErrors } = await mutate(
    'productCreate',
    { name: '', baseSku: 'N', variants: [{ sku: '' }], categoryIds: ['x'] },
    'product { id }',
  );
  expect(userErrors.map(({ code, field }) => [code, field])).toEqual([
    ['INVALID_INPUT', ['name']],
    ['INVALID_INPUT', ['variants', '0', 'sku']],
    ['INVALID_INPUT', ['categoryIds']],
  ]);
});

const DETAILS = 'tags seoTitle seoDescription hsCode originCountry brand { slug }';

test('a product has a brand and details, which a change replaces or clears', async () => {
  const { brand } = await mutate('brandCreate', { name: 'Norðri & Co' }, 'brand { id slug version }');
  const details = {
    tags: ['new'],
    seoTitle: 'A title',
    hsCode: '6109.10',
    originCountry: 'IS',
    brandId: brand?.['id'],
  };
  const { id } = await createProduct(details);
  const changed = await mutate('productUpdate', { id, tags: ['sale', 'SALE'], hsCode: null }, `product { ${DETAILS} }`);
  expect(changed).toEqual({
    product: {
      tags: ['sale'],
      seoTitle: 'A title',
      seoDescription: null,
      hsCode: null,
      originCountry: 'IS',
      brand: { slug: brand?.['slug'] },
    },
    userErrors: [],
  });
  expect(await mutate('productUpdate', { id, brandId: null, hsCode: '61' }, 'product { id }')).toMatchObject({
    product: null,
    userErrors: [{ code: 'INVALID_INPUT', field: ['hsCode'] }],
  });
  expect(await mutate('productUpdate', { id, brandId: randomUUID() }, 'product { id }')).toMatchObject({
    product: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['brandId'] }],
  });
  const deletion = { id: brand?.['id'], expectedVersion: brand?.['version'] };
  expect(await mutate('brandDelete', deletion, 'deletedId')).toEqual({ deletedId: brand?.['id'], userErrors: [] });
  expect(await mutate('productUpdate', { id }, 'product { brand { slug } }')).toMatchObject({
    product: { brand: null },
  });
});

test('a variant is found by every form of its barcode, which no other variant has', async () => {
  const size = { lengthMm: 300, widthMm: 200, heightMm: 20 };
  const { id } = await createProduct({ variants: [{ ...sized('EAN-S', 'S'), barcode: '4006381333931', size }] });
  const found = (barcode: string) =>
    catalog.query(shopper, 'query ($barcode: String) { productVariant(barcode: $barcode) { sku barcode } }', {
      barcode,
    });
  for (const form of ['04006381333931', '4006381333931', '4 006381 333931'])
    expect(await found(form)).toEqual({ productVariant: { sku: 'EAN-S', barcode: '4006381333931' } });
  await expect(found('4006381333932')).rejects.toThrow('would have to be 1');
  expect(await found('96385074')).toEqual({ productVariant: null });

  const twin = { ...sized('EAN-M', 'M'), barcode: '04006381333931' };
  const input = { name: 'Twin', baseSku: 'TWIN', variants: [twin] };
  expect((await mutate('productCreate', input, 'product { id }')).userErrors).toMatchObject([
    { code: 'BARCODE_TAKEN', field: ['barcode'] },
  ]);
  const two = { ...input, variants: [twin, { ...twin, ...sized('EAN-L', 'L') }] };
  expect((await mutate('productCreate', two, 'product { id }')).userErrors).toMatchObject([
    { code: 'BARCODE_TAKEN', field: ['variants', '1', 'barcode'] },
  ]);
  const { id: variantId } = await variantOf(id);
  const cleared = await mutate(
    'productVariantUpdate',
    { id: variantId, barcode: null },
    'productVariant { barcode size { lengthMm widthMm heightMm } }',
  );
  expect(cleared).toEqual({ productVariant: { barcode: null, size }, userErrors: [] });
  expect((await mutate('productCreate', input, 'product { id }')).userErrors).toEqual([]);
});

test('a copy of a product is a draft with its parts, and with other SKUs', async () => {
  const variants = [{ ...sized('DUP-S', 'S', '12.50'), barcode: '96385074', externalReference: 'erp-dup-s' }];
  const attributes = [{ code: 'material', values: ['Wool'] }];
  const media = [{ url: 'https://img.test/dup.jpg', alt: 'A shirt' }];
  const values = { variants, attributes, media, tags: ['new'], externalReference: 'erp-dup', slug: 'dup', name: 'Dup' };
  const { id } = await createProduct({ ...values, translations: [{ locale: 'de', name: 'Doppelt' }] });
  const selection = `product { slug name status baseSku tags publishedAt externalReference attributes { code values } media { url alt }
    variants { nodes { sku barcode externalReference options { value } prices { amount } } } }`;
  expect(await mutate('productDuplicate', { id }, selection)).toEqual({
    product: {
      slug: 'dup-2',
      name: 'Dup',
      status: 'DRAFT',
      baseSku: 'SHIRT-COPY',
      tags: ['new'],
      publishedAt: null,
      externalReference: null,
      attributes,
      media,
      variants: {
        nodes: [
          {
            sku: 'DUP-S-COPY',
            barcode: null,
            externalReference: null,
            options: [{ value: 'S' }],
            prices: [{ amount: '12.50' }],
          },
        ],
      },
    },
    userErrors: [],
  });
  const german = { ...staff, locale: 'de' };
  expect(await catalog.query(german, '{ product(slug: "dup-2") { name } }')).toEqual({ product: { name: 'Doppelt' } });
  for (const [skuSuffix, code] of [
    ['-copy', 'SKU_TAKEN'],
    ['-\u200b', 'INVALID_INPUT'],
  ])
    expect(await mutate('productDuplicate', { id, skuSuffix }, 'product { id }')).toMatchObject({
      product: null,
      userErrors: [{ code, field: ['skuSuffix'] }],
    });
  expect(await mutate('productDuplicate', { id: randomUUID() }, 'product { id }')).toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
  });
});

test('brands are listed by slug, renamed, and each slug is taken once', async () => {
  const { brand } = await mutate('brandCreate', { name: 'Zenith', slug: 'zenith' }, 'brand { id slug }');
  const second = await mutate('brandCreate', { name: 'Zenith' }, 'brand { slug }');
  expect(second.brand).toEqual({ slug: 'zenith-2' });
  expect(await mutate('brandCreate', { name: 'Other', slug: 'zenith' }, 'brand { id }')).toMatchObject({
    userErrors: [{ code: 'SLUG_TAKEN', field: ['slug'] }],
  });
  const renamed = await mutate('brandUpdate', { id: brand?.['id'], name: 'Zenith Watches' }, 'brand { slug name }');
  expect(renamed.brand).toEqual({ slug: 'zenith', name: 'Zenith Watches' });
  const { brands } = await catalog.query<{ brands: { nodes: { slug: string }[] } }>(
    shopper,
    '{ brands(first: 50) { nodes { slug } } brand(slug: "zenith") { name } }',
  );
  expect(brands.nodes.map(({ slug }) => slug).filter((slug) => slug.startsWith('zenith'))).toEqual([
    'zenith',
    'zenith-2',
  ]);
  await expect(mutate('brandCreate', { name: 'Mine' }, 'brand { id }', shopper)).rejects.toThrow('Sign in');
});

test('search titles are translated, also for categories and collections', async () => {
  const { id } = await createProduct({ slug: 'seo-shirt', seoTitle: 'Shirts' });
  await mutate('productTranslationSet', { id, locale: 'de', seoTitle: 'Hemden' }, 'product { id }');
  await mutate('productTranslationSet', { id, locale: 'de', name: 'Hemd' }, 'product { id }');
  const input = { name: 'Seo', seoTitle: 'Seo title', translations: [{ locale: 'de', seoTitle: 'Seo Titel' }] };
  await mutate('categoryCreate', { ...input, slug: 'seo' }, 'category { id }');
  await mutate('collectionCreate', { ...input, slug: 'seo' }, 'collection { id }');
  const document =
    '{ product(slug: "seo-shirt") { name seoTitle } category(slug: "seo") { seoTitle } collection(slug: "seo") { seoTitle } }';
  expect(await catalog.query({ ...shopper, locale: 'de-AT' }, document)).toMatchObject({
    product: { name: 'Hemd', seoTitle: 'Hemden' },
    category: { seoTitle: 'Seo Titel' },
    collection: { seoTitle: 'Seo Titel' },
  });
  expect(await catalog.query(shopper, document)).toMatchObject({ product: { seoTitle: 'Shirts' } });
});

test('shoppers cannot change products', async () => {
  await expect(
    mutate('productCreate', { name: 'Mine', baseSku: 'M' }, 'product { id }', shopper),
  ).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  await expect(catalog.services.importProducts(shopper, [])).rejects.toThrow(/Sign in/);
});

test("another tenant's product is not found", async () => {
  const { id } = await createProduct();
  const { userErrors } = await mutate(
    'productUpdate',
    { id, name: 'Stolen' },
    'product { id }',
    testActors(['catalog:write']).staff,
  );
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
});
