import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

const ERRORS = 'userErrors { code message field }';
const MONEY = '{ amount }';
const TAXED = `{ net ${MONEY} tax ${MONEY} gross ${MONEY} }`;
const LINES = `{ name percent categoryCode zoneName treatment base ${MONEY} amount ${MONEY} }`;
const CART = `{ id version taxId taxLines ${LINES}
  totals { subtotal ${MONEY} shipping ${MONEY} tax ${MONEY} taxAdjustment ${MONEY} total ${MONEY} taxedShipping ${TAXED} taxedTotal ${TAXED} }
  lines { taxedTotal ${TAXED} taxLines ${LINES} } }`;
const ORDER = `{ taxId taxLines ${LINES}
  totals { subtotal ${MONEY} shipping ${MONEY} tax ${MONEY} taxAdjustment ${MONEY} total ${MONEY} taxedShipping ${TAXED} taxedTotal ${TAXED} }
  lines { total ${MONEY} taxPercent taxedTotal ${TAXED} taxLines ${LINES} } }`;
const ZONE =
  '{ id version name countryCode region postalPattern rates { categoryCode name percent validFrom validUntil } }';

async function mutate(name: string, fields: string, input: object, ctx: RequestContext = shop.staff) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await shop.process.query(
    ctx,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} ${ERRORS} } }`,
    { input },
  );
  return answer[name];
}
const zoneCreate = (input: object) => mutate('taxZoneCreate', `taxZone ${ZONE}`, input);
const vat = (percent: string, values: object = {}) => ({ categoryCode: 'standard', name: 'VAT', percent, ...values });

async function cartTo(address: object, lines: { variantId: string; quantity: number }[]) {
  const { cart } = await mutate('cartCreate', 'cart { id }', { lines, currencyCode: 'EUR' }, shop.shopper);
  const shippingAddress = { name: 'A Buyer', line1: '1 Main Street', city: 'Somewhere', ...address };
  const set = { cartId: cart.id, email: 'buyer@example.test', shippingAddress };
  return (await mutate('cartAddressSet', `cart ${CART}`, set, shop.shopper)).cart;
}

async function show(cartId: string) {
  return (await shop.process.query(shop.shopper, `query ($id: ID!) { cart(id: $id) ${CART} }`, { id: cartId })).cart;
}

async function shown(orderId: string) {
  return (await shop.process.query(shop.staff, `query ($id: ID!) { order(id: $id) ${ORDER} }`, { id: orderId })).order;
}

const setTaxId = (cartId: string, taxId: string | null) =>
  mutate('cartTaxIdSet', `cart ${CART}`, { cartId, taxId }, shop.shopper);
const setSettings = (input: object) =>
  mutate('taxSettingsSet', 'taxSettings { pricesIncludeTax rounding sellerCountryCode version }', input);

test('an order keeps the tax lines of its lines and its shipping', async () => {
  const { variantId } = shop.offer(5, '11.90');
  const cartId = await shop.fillCart([{ variantId, quantity: 2 }]);
  const cart = await show(cartId);
  expect(cart.totals).toMatchObject({
    tax: { amount: '4.58' },
    taxAdjustment: { amount: '0.00' },
    taxedShipping: { net: { amount: '4.12' }, tax: { amount: '0.78' }, gross: { amount: '4.90' } },
    taxedTotal: { net: { amount: '24.12' }, gross: { amount: '28.70' } },
  });
  expect(cart.lines[0].taxedTotal).toMatchObject({ net: { amount: '20.00' }, tax: { amount: '3.80' } });
  const { order } = await shop.checkout(cartId);
  const placed = await shown(order.id);
  expect(placed.taxLines).toEqual(cart.taxLines);
  expect(placed.totals).toEqual(cart.totals);
  expect(placed.lines[0]).toMatchObject({ taxLines: cart.lines[0].taxLines, taxPercent: '19.00' });
});

test('the most specific zone of an address applies, and its rates of today', async () => {
  const zone = {
    countryCode: 'ES',
    rates: [vat('20', { validUntil: '2012-09-01' }), vat('21', { validFrom: '2012-09-01' })],
  };
  expect((await zoneCreate({ name: 'Spain', ...zone })).userErrors).toEqual([]);
  await zoneCreate({ name: 'Canary Islands', countryCode: 'ES', postalPattern: '35*', rates: [] });
  await zoneCreate({ name: 'Ceuta', countryCode: 'ES', region: 'Ceuta', rates: [vat('10', { name: 'IPSI' })] });
  const { variantId } = shop.offer(5, '121.00');
  const taxLines = async (address: object) => {
    const cart = await cartTo({ countryCode: 'ES', ...address }, [{ variantId, quantity: 1 }]);
    return cart.taxLines.map(({ zoneName, percent }: Record<string, string>) => `${zoneName} ${percent}`);
  };
  expect(await taxLines({ postalCode: '28001' })).toEqual(['Spain 21.00']);
  expect(await taxLines({ postalCode: '35001' })).toEqual([]);
  expect(await taxLines({ postalCode: '51001', region: 'ceuta' })).toEqual(['Ceuta 10.00']);
});

test('the product decides the category, shipping follows the goods', async () => {
  const rates = [vat('20'), vat('5.5', { categoryCode: 'reduced' })];
  await zoneCreate({ name: 'France', countryCode: 'FR', rates });
  const book = shop.catalog.sell({ unitPrice: '10.55', taxCategory: 'reduced' });
  const cart = await cartTo({ countryCode: 'FR', postalCode: '75001' }, [{ variantId: book, quantity: 1 }]);
  expect(cart.taxLines).toMatchObject([{ categoryCode: 'reduced', percent: '5.50', amount: { amount: '0.55' } }]);
});

test('a company in another EU country with a VAT id pays no tax', async () => {
  await zoneCreate({ name: 'Netherlands', countryCode: 'NL', rates: [vat('21')] });
  const { taxSettings, userErrors } = await setSettings({ sellerCountryCode: 'de' });
  expect([userErrors, taxSettings.sellerCountryCode]).toEqual([[], 'DE']);
  const { variantId } = shop.offer(5, '121.00');
  const cart = await cartTo({ countryCode: 'NL', postalCode: '1012 AB' }, [{ variantId, quantity: 1 }]);
  const refused = await setTaxId(cart.id, 'NL004495445B02 7');
  expect(refused.userErrors).toMatchObject([{ code: 'TAX_ID_INVALID', field: ['taxId'] }]);
  const { cart: company } = await setTaxId(cart.id, 'nl 0044.95.445 b01');
  expect(company).toMatchObject({
    taxId: 'NL004495445B01',
    taxLines: [{ treatment: 'REVERSE_CHARGE', percent: '0.00', base: { amount: '100.00' } }],
    totals: { taxAdjustment: { amount: '-21.00' }, total: { amount: '100.00' }, tax: { amount: '0.00' } },
  });
  const { cart: consumer } = await setTaxId(cart.id, null);
  expect(consumer.totals).toMatchObject({ tax: { amount: '21.00' }, total: { amount: '121.00' } });
});

test('a total that taxes raised is shown before it is charged', async () => {
  const { variantId } = shop.offer(5, '10.00');
  const cartId = await shop.fillCart([{ variantId, quantity: 1 }]);
  await setSettings({ pricesIncludeTax: false });
  expect((await shop.checkout(cartId)).userErrors).toMatchObject([{ code: 'TAX_CHANGED' }]);
  const { order } = await shop.checkout(cartId);
  expect(order.totals.total.amount).toBe('17.73');
  expect(await shown(order.id)).toMatchObject({
    totals: { subtotal: { amount: '10.00' }, shipping: { amount: '4.90' }, taxAdjustment: { amount: '2.83' } },
    lines: [{ total: { amount: '11.90' } }],
  });
  await setSettings({ pricesIncludeTax: true });
});

test('a zone is refused when its area has one, its rates overlap or a category is unknown', async () => {
  const zone = { name: 'Italy', countryCode: 'IT', rates: [vat('22')] };
  const { taxZone } = await zoneCreate(zone);
  expect((await zoneCreate(zone)).userErrors).toMatchObject([{ code: 'TAX_ZONE_TAKEN' }]);
  const wrong = [
    vat('22', { validFrom: '2026-02-30' }),
    vat('122'),
    vat('1', { categoryCode: 'salt' }),
    vat('10', { validFrom: '2030-01-01' }),
  ];
  const { userErrors } = await mutate('taxZoneUpdate', `taxZone ${ZONE}`, { id: taxZone.id, rates: wrong });
  expect(
    userErrors.map(({ code, field }: { code: string; field: string[] }) => [code, field.at(-2), field.at(-1)]),
  ).toEqual([
    ['INVALID_INPUT', '0', 'validFrom'],
    ['INVALID_INPUT', '1', 'percent'],
    ['TAX_CATEGORY_UNKNOWN', '2', 'categoryCode'],
    ['TAX_RATES_OVERLAP', 'rates', '1'],
    ['TAX_RATES_OVERLAP', 'rates', '3'],
  ]);
});

test('a category is created, used, changed and deleted', async () => {
  const code = 'books';
  const create = (input: object) => mutate('taxCategoryCreate', 'taxCategory { id version treatment }', input);
  const { taxCategory } = await create({ code, name: 'Books' });
  expect((await create({ code, name: 'Books' })).userErrors).toMatchObject([{ code: 'CODE_TAKEN' }]);
  expect((await create({ code: 'zero', name: 'None' })).userErrors).toMatchObject([{ code: 'CODE_TAKEN' }]);
  expect((await create({ code: 'Big Books', name: 'x' })).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  const { taxZone } = await zoneCreate({
    name: 'Poland',
    countryCode: 'PL',
    rates: [vat('5', { categoryCode: code })],
  });
  const remove = () => mutate('taxCategoryDelete', 'deletedId', { id: taxCategory.id });
  expect((await remove()).userErrors).toMatchObject([{ code: 'TAX_CATEGORY_IN_USE' }]);
  const update = { id: taxCategory.id, expectedVersion: 1, treatment: 'EXEMPT' };
  expect((await mutate('taxCategoryUpdate', 'taxCategory { version }', update)).taxCategory.version).toBe(2);
  const stale = await mutate('taxCategoryUpdate', 'taxCategory { version }', update);
  expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const { taxCategories } = await shop.process.query(shop.staff, '{ taxCategories { code treatment } }', {});
  expect(taxCategories).toContainEqual({ code, treatment: 'EXEMPT' });
  expect(taxCategories).toHaveLength(5);
  await mutate('taxZoneDelete', 'deletedId', { id: taxZone.id });
  expect(await remove()).toEqual({ deletedId: taxCategory.id, userErrors: [] });
});

test('starter rates are added once for each country without a zone', async () => {
  const input = { countryCodes: ['EE', 'GH', 'US', 'DE'] };
  const { taxZones } = await mutate('taxStarterRatesAdd', `taxZones ${ZONE}`, input);
  expect(taxZones.map(({ name }: { name: string }) => name)).toEqual(['Estonia', 'Ghana']);
  expect((await mutate('taxStarterRatesAdd', `taxZones ${ZONE}`, input)).taxZones).toEqual([]);
  const list = `{ taxZones(countryCode: "GH") { nodes ${ZONE} } }`;
  const { nodes } = (await shop.process.query(shop.staff, list, {})).taxZones;
  expect(nodes[0].rates.map(({ percent }: { percent: string }) => percent)).toEqual(['15.00', '2.50', '2.50']);
});

test('only callers with the scopes read and change taxes, and another tenant sees none', async () => {
  const list = '{ taxZones { nodes { id } } }';
  const { errors } = await shop.process.execute(shop.stranger, list, {});
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const settings = await shop.process.execute(
    shop.stranger,
    `mutation { taxSettingsSet(input: { rounding: UNIT }) { ${ERRORS} } }`,
    {},
  );
  expect(settings.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await shop.process.query(shop.otherTenant, list, {})).taxZones.nodes).toEqual([]);
});

test('the same key changes the settings once', async () => {
  const input = { rounding: 'TOTAL', idempotencyKey: randomUUID() };
  const first = await setSettings(input);
  expect(await setSettings(input)).toEqual(first);
});
