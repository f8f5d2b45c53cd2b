import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { PriceLines } from '../contract.ts';
import { recordQueries, testActors, type TestActors } from '@souk/kit/testing';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

const LIST = `id version code name currencyCode customerGroupIds countryCodes startsAt endsAt priority active
  prices(first: 10) { nodes { variantId fromQuantity price { amount currencyCode } compareAtPrice { amount } } }`;

let catalog: TestCatalog;
let actors: TestActors;
beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());
beforeEach(async () => {
  actors = testActors(['catalog:write', 'prices:read', 'prices:write']);
  await catalog.services.importProducts(actors.system, [shirt({ slug: 'shirt' })]);
});

type Payload = Record<string, never> & {
  priceList: { id: string; version: number; prices: { nodes: object[] } } & Record<string, unknown>;
  userErrors: { code: string; field: string[] | null; message: string }[];
};
async function change(operation: string, input: object, ctx = actors.owner): Promise<Payload> {
  const name = `priceList${operation}`;
  const type = `PriceList${operation}Input`;
  const shown = operation === 'Delete' ? 'deletedId' : `priceList { ${LIST} }`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} userErrors { code field message } } }`;
  return (await catalog.query<Record<string, Payload>>(ctx, document, { input }))[name] as Payload;
}
const SALE = { code: 'sale', name: 'Sale', currencyCode: 'EUR' };
const create = (input: object = {}) => change('Create', { ...SALE, ...input });
const codes = ({ userErrors }: Payload) => userErrors.map(({ code, field }) => [code, field]);

async function variants(ctx = actors.shopper) {
  const { product } = await catalog.query<{
    product: {
      priceRange: object;
      variants: { nodes: { id: string; price: { amount: string }; compareAtPrice: { amount: string } | null }[] };
    };
  }>(
    ctx,
    `{ product(slug: "shirt") { priceRange { min { amount } max { amount } }
       variants { nodes { id sku price { amount } compareAtPrice { amount } prices { amount } } } } }`,
  );
  return { ...product, ids: product.variants.nodes.map(({ id }) => id), nodes: product.variants.nodes };
}

test('staff create a price list, change it, set and remove prices, list and delete it', async () => {
  const groupId = randomUUID().toUpperCase();
  const { priceList } = await create({ customerGroupIds: [groupId], countryCodes: ['FR', 'DE', 'FR'], priority: 5 });
  expect(priceList).toMatchObject({
    version: 1,
    code: 'sale',
    currencyCode: 'EUR',
    customerGroupIds: [groupId.toLowerCase()],
    countryCodes: ['DE', 'FR'],
    priority: 5,
    active: true,
    prices: { nodes: [] },
  });
  const { id } = priceList;
  const [small = '', medium = ''] = (await variants()).ids;
  const prices = [
    { variantId: small, price: '15', compareAtPrice: '19.9' },
    { variantId: small, fromQuantity: 10, price: '12.123456' },
    { variantId: medium, price: '16' },
  ];
  const set = await change('PricesSet', { id, expectedVersion: 1, prices });
  expect(set.priceList.version).toBe(2);
  const euro = (amount: string) => ({ amount, currencyCode: 'EUR' });
  const stored = [
    { variantId: small, fromQuantity: 1, price: euro('15.00'), compareAtPrice: { amount: '19.90' } },
    { variantId: small, fromQuantity: 10, price: euro('12.123456'), compareAtPrice: null },
    { variantId: medium, fromQuantity: 1, price: euro('16.00'), compareAtPrice: null },
  ];
  expect(new Set(set.priceList.prices.nodes)).toEqual(new Set(stored));
  const replaced = await change('PricesSet', { id, prices: [{ variantId: small, price: '14' }] });
  expect(replaced.priceList.prices.nodes).toHaveLength(3);
  const removed = await change('PricesRemove', {
    id,
    prices: [{ variantId: small, fromQuantity: 10 }, { variantId: medium }],
  });
  expect(removed.priceList.prices.nodes).toEqual([
    { variantId: small, fromQuantity: 1, price: euro('14.00'), compareAtPrice: null },
  ]);
  const updated = await change('Update', { id, name: 'Summer', customerGroupIds: null, active: false });
  expect(updated.priceList).toMatchObject({
    name: 'Summer',
    customerGroupIds: [],
    countryCodes: ['DE', 'FR'],
    active: false,
  });
  const { priceLists } = await catalog.query<{ priceLists: { nodes: object[] } }>(
    actors.owner,
    `{ priceLists(first: 5) { nodes { ${LIST} } } }`,
  );
  expect(priceLists.nodes).toEqual([updated.priceList]);
  expect(await change('Delete', { id })).toEqual({ deletedId: id, userErrors: [] });
  expect(codes(await change('Delete', { id }))).toEqual([['NOT_FOUND', ['id']]]);
  expect((await create()).userErrors).toEqual([]);
});

test('buyers see the prices of a list at once, with the range of the product, and carts are charged the same', async () => {
  const before = await variants();
  const { priceList } = await create();
  const [small = ''] = before.ids;
  await change('PricesSet', {
    id: priceList.id,
    prices: [
      { variantId: small, price: '15', compareAtPrice: '19.9' },
      { variantId: small, fromQuantity: 10, price: '12' },
    ],
  });
  const { nodes, priceRange } = await variants();
  expect(nodes[0]).toMatchObject({ price: { amount: '15.00' }, compareAtPrice: { amount: '19.90' } });
  expect(nodes[0]).toMatchObject({ prices: [{ amount: '19.90' }, { amount: '22.00' }] });
  expect(nodes[1]).toMatchObject({ price: { amount: '21.90' }, compareAtPrice: null });
  expect(priceRange).toEqual({ min: { amount: '15.00' }, max: { amount: '21.90' } });
  const charged = await catalog.commands.send(actors.shopper, PriceLines, {
    currency: 'EUR',
    locale: 'en',
    variantIds: [small],
  });
  expect(charged).toMatchObject({
    value: { lines: [{ unitPrice: '15.00', tiers: [{ fromQuantity: 10, unitPrice: '12.00' }] }] },
  });
  await change('Update', { id: priceList.id, active: false });
  expect(await variants()).toEqual(before);
});

test('a list with net prices says so on the product and to the cart, and keeps its choice', async () => {
  const { priceList } = await create({ pricesIncludeTax: false });
  const [small = ''] = (await variants()).ids;
  await change('PricesSet', { id: priceList.id, prices: [{ variantId: small, fromQuantity: 10, price: '19.90' }] });
  const source = `{ productVariant(id: "${small}") { priceIncludesTax ten: priceIncludesTax(quantity: 10)
    priceTiers { fromQuantity includesTax } } }`;
  expect((await catalog.query(actors.stranger, source))['productVariant']).toEqual({
    priceIncludesTax: null,
    ten: false,
    priceTiers: [
      { fromQuantity: 1, includesTax: null },
      { fromQuantity: 10, includesTax: false },
    ],
  });
  const request = { currency: 'EUR', locale: 'en', variantIds: [small] };
  const charged = await catalog.commands.send(actors.shopper, PriceLines, request);
  expect(charged).toMatchObject({ value: { lines: [{ tiers: [{ fromQuantity: 10, includesTax: false }] }] } });
  await change('Update', { id: priceList.id, active: false });
});

test('only members of a group get its prices, and only until the list ends', async () => {
  const groupId = randomUUID();
  const { priceList } = await create({ customerGroupIds: [groupId] });
  const [small = ''] = (await variants()).ids;
  await change('PricesSet', { id: priceList.id, prices: [{ variantId: small, price: '11' }] });
  const member = {
    ...actors.stranger,
    actor: { kind: 'user' as const, userId: randomUUID(), role: 'SHOPPER', scopes: [], groups: [groupId] },
  };
  const shown = async (ctx: typeof actors.shopper) => (await variants(ctx)).nodes[0]?.price.amount;
  expect([await shown(member), await shown(actors.shopper), await shown(actors.stranger)]).toEqual([
    '11.00',
    '19.90',
    '19.90',
  ]);
  await change('Update', { id: priceList.id, endsAt: '2020-01-01T00:00:00Z' });
  expect(await shown(member)).toBe('19.90');
});

test('a higher priority of a list changes the price of its variants', async () => {
  const [small = ''] = (await variants()).ids;
  const first = await create({ code: 'first', priority: 2 });
  const second = await create({ code: 'second', priority: 1 });
  await change('PricesSet', { id: first.priceList.id, prices: [{ variantId: small, price: '11' }] });
  await change('PricesSet', { id: second.priceList.id, prices: [{ variantId: small, price: '12' }] });
  expect((await variants()).nodes[0]?.price.amount).toBe('11.00');
  await change('Update', { id: second.priceList.id, priority: 3 });
  expect((await variants()).nodes[0]?.price.amount).toBe('12.00');
});

test('a refusal names the wrong field and leaves nothing behind', async () => {
  expect(codes(await create({ code: 'Not a code' }))).toEqual([['INVALID_INPUT', ['code']]]);
  const period = { startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' };
  expect(codes(await create(period))).toEqual([['INVALID_INPUT', ['endsAt']]]);
  const { priceList } = await create({ currencyCode: 'JPY' });
  expect(codes(await create())).toEqual([['CODE_TAKEN', ['code']]]);
  const [small = ''] = (await variants()).ids;
  const set = (price: object) =>
    change('PricesSet', {
      id: priceList.id,
      prices: [
        { variantId: small, price: '90' },
        { variantId: small, fromQuantity: 2, ...price },
      ],
    });
  const refusals = await Promise.all([
    set({ price: '100.50' }).then((payload) => payload.userErrors[0]),
    set({ price: '-1' }).then(codes),
    set({ price: '100', compareAtPrice: '100' }).then(codes),
    set({ price: '80', fromQuantity: 1 }).then(codes),
    set({ price: '80', variantId: randomUUID() }).then(codes),
  ]);
  expect(refusals.slice(1)).toEqual([
    [['INVALID_INPUT', ['prices', '1', 'price']]],
    [['INVALID_INPUT', ['prices', '1', 'compareAtPrice']]],
    [['INVALID_INPUT', ['prices', '1', 'fromQuantity']]],
    [['NOT_FOUND', ['prices', '1', 'variantId']]],
  ]);
  expect((await set({ price: '100.5', fromQuantity: 3 })).userErrors[0]).toMatchObject({
    code: 'INVALID_INPUT',
    field: ['prices', '1', 'price'],
    message: expect.stringContaining('enter a whole amount'),
  });
  expect(codes(await change('PricesSet', { id: priceList.id, expectedVersion: 9, prices: [] }))).toEqual([
    ['VERSION_CONFLICT', ['expectedVersion']],
  ]);
  expect((await set({ price: '80.5' })).priceList.prices.nodes).toHaveLength(2); // two units for 161
});

test('price lists need their scopes, and changes publish events', async () => {
  await expect(change('Create', SALE, actors.shopper)).rejects.toThrow('Sign in');
  await expect(change('Create', SALE, actors.staffWith('prices:read'))).rejects.toThrow('Your role');
  await expect(
    catalog.query(actors.staffWith('prices:write'), '{ priceLists(first: 1) { nodes { id } } }'),
  ).rejects.toThrow('Your role');
  const { priceList } = await create();
  await change('PricesSet', { id: priceList.id, prices: [] });
  const admin = await catalog.database.connect();
  const { rows } = await admin.query<{ change: string }>(
    `select payload->>'change' as change from catalog.outbox_event where aggregate_id = $1 order by position`,
    [priceList.id],
  );
  expect(rows.map(({ change: what }) => what)).toEqual(['CREATED', 'PRICES_CHANGED']);
});

test('a list for a channel decides only there, for pages, details and cart lines', async () => {
  const channels = await catalog.services.importChannels(actors.system, [
    { code: 'web', name: 'Web' },
    { code: 'wholesale', name: 'Wholesale' },
  ]);
  const [web = '', wholesale = ''] = [channels.get('web'), channels.get('wholesale')];
  const { priceList } = await create({ channelIds: [wholesale.toUpperCase()] });
  const [small = ''] = (await variants()).ids;
  await change('PricesSet', { id: priceList.id, prices: [{ variantId: small, price: '11' }] });
  const shown = async (channelId: string) =>
    (await variants({ ...actors.shopper, channelId })).nodes.map(({ price }) => price.amount);
  expect([await shown(web), await shown(wholesale)]).toEqual([
    ['19.90', '21.90'],
    ['11.00', '21.90'],
  ]);
  const sale = { currency: 'EUR', locale: 'en', variantIds: [small] };
  const charged = async (channelId: string | null) => {
    const reply = await catalog.commands.send({ ...actors.shopper, channelId: web }, PriceLines, {
      ...sale,
      channelId,
    });
    return reply.ok && reply.value.lines[0]?.unitPrice;
  };
  expect([await charged(wholesale), await charged(null), await charged(web)]).toEqual(['11.00', '19.90', '19.90']);
});

test('a list takes only channels of the shop, and keeps a channel that was deleted later', async () => {
  const channels = await catalog.services.importChannels(actors.system, [{ code: 'web', name: 'Web' }]);
  const channelId = channels.get('web') ?? '';
  expect(codes(await create({ channelIds: [channelId, randomUUID()] }))).toEqual([['NOT_FOUND', ['channelIds', '1']]]);
  const { priceList } = await create({ channelIds: [channelId] });
  const { id } = priceList;
  expect(codes(await change('Update', { id, channelIds: [randomUUID()] }))).toEqual([
    ['NOT_FOUND', ['channelIds', '0']],
  ]);
  const remove = 'mutation ($input: ChannelDeleteInput!) { channelDelete(input: $input) { deletedId } }';
  const ctx = { ...actors.owner, actor: testActors(['channels:write'], actors.tenantId).owner.actor };
  expect(await catalog.query(ctx, remove, { input: { id: channelId } })).toEqual({
    channelDelete: { deletedId: channelId },
  });
  expect((await change('Update', { id, name: 'Kept' })).priceList).toMatchObject({ name: 'Kept' });
});

test('the same key creates one list', async () => {
  const idempotencyKey = randomUUID();
  const first = await create({ idempotencyKey });
  expect(await create({ idempotencyKey })).toEqual(first);
});

test('a shop without price lists reads a page with as many statements as one with a list', async () => {
  const page = () =>
    recordQueries(() =>
      catalog.query(
        actors.shopper,
        '{ products(first: 5) { nodes { priceRange { min { amount } } variants { nodes { price { amount } } } } } }',
      ),
    );
  const without = await page();
  expect(without.statements).toHaveLength(2);
  const { priceList } = await create();
  const [small = ''] = (await variants()).ids;
  await change('PricesSet', { id: priceList.id, prices: [{ variantId: small, price: '11' }] });
  expect((await page()).statements).toEqual(without.statements);
});

test('prices of other tenants are out of reach', async () => {
  const { priceList } = await create();
  const other = testActors(['prices:read', 'prices:write']);
  expect(codes(await change('Update', { id: priceList.id, name: 'Mine' }, other.owner))).toEqual([
    ['NOT_FOUND', ['id']],
  ]);
  const { priceList: hidden } = await catalog.query<{ priceList: object | null }>(
    other.owner,
    'query ($id: ID!) { priceList(id: $id) { id } }',
    { id: priceList.id },
  );
  expect(hidden).toBeNull();
});

test('a declared content gives the price of a measure, by the price that the buyer pays', async () => {
  const { ids } = await variants();
  const [id = ''] = ids;
  const update = async (content: object | null) => {
    const { productVariantUpdate } = await catalog.query<{ productVariantUpdate: { userErrors: object[] } }>(
      actors.owner,
      'mutation ($input: ProductVariantUpdateInput!) { productVariantUpdate(input: $input) { userErrors { code field } } }',
      { input: { id, content } },
    );
    return productVariantUpdate.userErrors;
  };
  const shown = async () =>
    (
      await catalog.query<{ productVariant: object }>(
        actors.shopper,
        `query ($id: ID) { productVariant(id: $id) { content { amount unit } unitPrice { price { amount } measure unit } } }`,
        { id },
      )
    ).productVariant;
  expect(await shown()).toEqual({ content: null, unitPrice: null });
  expect(await update({ amount: '0', unit: 'LITER' })).toEqual([
    { code: 'INVALID_INPUT', field: ['content', 'amount'] },
  ]);
  expect(await update({ amount: '750', unit: 'MILLILITER' })).toEqual([]);
  const content = { amount: '750', unit: 'MILLILITER' };
  expect(await shown()).toEqual({ content, unitPrice: { price: { amount: '26.53' }, measure: '1', unit: 'LITER' } });
  const { priceList } = await create();
  await change('PricesSet', { id: priceList.id, prices: [{ variantId: id, price: '15' }] });
  expect(await shown()).toEqual({ content, unitPrice: { price: { amount: '20.00' }, measure: '1', unit: 'LITER' } });
  expect(await update(null)).toEqual([]);
  expect(await shown()).toEqual({ content: null, unitPrice: null });
});
