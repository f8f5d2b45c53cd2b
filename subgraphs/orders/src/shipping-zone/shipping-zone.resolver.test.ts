import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { recordQueries, testActors, type TestActors } from '@souk/kit/testing';
import fc from 'fast-check';
import { canonicalPostalCode } from '@souk/kit/postal';
import { startOrders, type OrdersProcess } from '../testing/orders-process.ts';

const ZONE = 'id version code name areas { countryCode region postalPatterns } updatedBy';
const OFFER =
  'code name description price { amount } deliveryDays { min max } freeFrom { amount } untilFree { amount }';
const CREATE = `mutation ($input: ShippingZoneCreateInput!) {
  shippingZoneCreate(input: $input) { shippingZone { ${ZONE} } userErrors { code field message } } }`;
const UPDATE = `mutation ($input: ShippingZoneUpdateInput!) {
  shippingZoneUpdate(input: $input) { shippingZone { ${ZONE} } userErrors { code field } } }`;
const DELETE = `mutation ($input: ShippingZoneDeleteInput!) {
  shippingZoneDelete(input: $input) { deletedId userErrors { code field } } }`;
const LIST = `{ shippingZones(first: 10) { nodes { ${ZONE} } } }`;
const METHOD = `mutation ($input: ShippingMethodCreateInput!) {
  shippingMethodCreate(input: $input) { shippingMethod { id zoneRates { zoneId } } userErrors { code field } } }`;
const METHOD_UPDATE = `mutation ($input: ShippingMethodUpdateInput!) { shippingMethodUpdate(input: $input) {
  shippingMethod { version name description translations { locale name description } deliveryDays { min max } excludedProductIds
    excludedCategoryIds zoneRates { zoneId prices { stepsBy steps { from price { amount } } maxWeightGrams } } } userErrors { code field } } }`;
const PREVIEW = `query ($input: ShippingPreviewInput!) { shippingPreview(input: $input) {
  preview { zone { code } weightGrams subtotal { amount } quantity methods { offered obstacle message ${OFFER.replace('description ', '')} } }
  userErrors { code field } } }`;

let shop: OrdersProcess;
let actors: TestActors;
beforeAll(async () => void (shop = await startOrders()));
afterAll(() => shop.close());
beforeEach(() => void (actors = testActors(['settings:write'])));

const run = async (document: string, input: object) =>
  Object.values(await shop.query(actors.owner, document, { input }))[0];
const addZone = async (code: string, ...areas: object[]): Promise<string> => {
  const { shippingZone, userErrors } = await run(CREATE, { code, name: code, areas });
  expect(userErrors).toEqual([]);
  return shippingZone.id;
};
const addMethod = async (input: object) => {
  const { shippingMethod, userErrors } = await run(METHOD, {
    code: randomUUID(),
    name: 'Parcel',
    prices: [],
    ...input,
  });
  expect(userErrors).toEqual([]);
  return shippingMethod;
};
const preview = async (input: object) => (await run(PREVIEW, { currencyCode: 'EUR', ...input })).preview;
const zoneOf = async (countryCode: string, postalCode?: string, region?: string) =>
  (await preview({ countryCode, postalCode, region })).zone?.code;
const euros = (price: string, values: object = {}) => [{ currencyCode: 'EUR', price, ...values }];

test('staff add, change and delete a zone', async () => {
  const id = await addZone('islands', { countryCode: 'DE', postalPatterns: ['25992..25999', '26757'] });
  const [zone] = (await shop.query(actors.owner, LIST))['shippingZones'].nodes;
  expect(zone).toMatchObject({ id, version: 1, updatedBy: expect.any(String) });
  const changed = await run(UPDATE, { id, name: 'Islands', expectedVersion: 1 });
  expect(changed.shippingZone).toMatchObject({ version: 2, name: 'Islands', areas: zone.areas });
  expect((await run(UPDATE, { id, name: 'Late', expectedVersion: 1 })).userErrors).toMatchObject([
    { code: 'VERSION_CONFLICT' },
  ]);
  expect((await run(CREATE, { code: 'islands', name: 'Again', areas: [] })).userErrors).toMatchObject([
    { code: 'CODE_TAKEN', field: ['code'] },
  ]);
  const wrong = await run(CREATE, {
    code: 'x',
    name: 'x',
    areas: [{ countryCode: 'AT', postalPatterns: ['1010-1099'] }],
  });
  expect(wrong.userErrors).toMatchObject([{ field: ['areas', '0', 'postalPatterns', '0'] }]);
  expect(await run(DELETE, { id })).toEqual({ deletedId: id, userErrors: [] });
  expect((await run(DELETE, { id })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('the most specific zone of an address wins, and the code decides among equal ones', async () => {
  await addZone('world', {});
  await addZone('germany', { countryCode: 'DE' });
  await addZone('bavaria', { countryCode: 'DE', region: 'by' });
  await addZone('b-berlin', { countryCode: 'DE', postalPatterns: ['10*'] });
  await addZone('a-berlin', { countryCode: 'DE', postalPatterns: ['10*'] });
  await addZone('mitte', { countryCode: 'DE', postalPatterns: ['10115'] });
  expect(await zoneOf('FR', '75001')).toBe('world');
  expect(await zoneOf('DE', '99999')).toBe('germany');
  expect(await zoneOf('DE', undefined, 'By')).toBe('bavaria');
  expect(await zoneOf('DE', '10999', 'BY')).toBe('a-berlin');
  expect(await zoneOf('DE', '10 115')).toBe('mitte');
});

test('a postal pattern finds the codes that its definition says, and no other', async () => {
  const id = await addZone('pattern');
  const character = fc.constantFrom('1', '2', '9', 'A', 'B', '?');
  const word = fc.array(character, { minLength: 1, maxLength: 3 }).map((all) => all.join(''));
  const plain = word.map((text) => text.replaceAll('?', '1'));
  const star = fc.constantFrom('', '*');
  const range = fc.tuple(plain, plain, star).map(([one, other, end]) => {
    const [from, to] = [one, other.padEnd(one.length, '1').slice(0, one.length)].toSorted();
    return `${from}..${to}${end}`;
  });
  const single = fc.tuple(word, star).map(([text, end]) => (/[^?]/.test(text) ? `${text}${end}` : `1${text}${end}`));
  const property = fc.asyncProperty(
    fc.oneof(range, single),
    fc.array(plain, { minLength: 1, maxLength: 5 }),
    async (pattern, codes) => {
      const { userErrors } = await run(UPDATE, { id, areas: [{ countryCode: 'XK', postalPatterns: [pattern] }] });
      expect(userErrors).toEqual([]);
      for (const code of codes)
        expect([pattern, code, (await zoneOf('XK', code)) === 'pattern']).toEqual([
          pattern,
          code,
          isMatch(pattern, code),
        ]);
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 30_000);

/** A second implementation of the table in `postal-pattern.ts`, without SQL. */
function isMatch(pattern: string, postalCode: string): boolean {
  const code = canonicalPostalCode(postalCode);
  const [from = '', to] = pattern.replace('*', '').split('..');
  const isOpen = pattern.endsWith('*');
  if (isOpen ? code.length < from.length : code.length !== from.length) return false;
  const start = code.slice(0, from.length);
  if (to !== undefined) return from <= start && start <= to;
  return Array.from(from).every((character, index) => character === '?' || character === start[index]);
}

test('the prices of a zone replace those of the method, and the preview says why others are not offered', async () => {
  const islands = await addZone('islands', { countryCode: 'DE', postalPatterns: ['2599*'] });
  const [product, category] = [randomUUID(), randomUUID()];
  const steps = { stepsBy: 'WEIGHT', steps: [{ from: '5000', price: '9.90' }], maxWeightGrams: 31_500 };
  await addMethod({
    code: 'parcel',
    sortOrder: 1,
    countryCodes: ['DE'],
    deliveryDays: { min: 1, max: 2 },
    prices: euros('4.90', { freeFrom: '50', ...steps }),
    zoneRates: [
      { zoneId: islands, prices: euros('14.90', { maxWeightGrams: 10_000 }), deliveryDays: { min: 3, max: 6 } },
    ],
  });
  await addMethod({ code: 'express', sortOrder: 2, countryCodes: ['AT'], prices: euros('12') });
  await addMethod({ code: 'yen', sortOrder: 3, prices: [{ currencyCode: 'JPY', price: '500' }] });
  await addMethod({ code: 'off', sortOrder: 4, active: false, prices: euros('1') });
  await addMethod({ code: 'small', sortOrder: 5, prices: euros('1', { maxSubtotal: '20' }) });
  await addMethod({
    code: 'books',
    sortOrder: 6,
    excludedCategoryIds: [category],
    excludedProductIds: [product],
    prices: euros('2'),
  });
  const variant = { weightGrams: 2500, unitPrice: '19.00', listIds: [category] };
  const lines = [{ variantId: shop.catalog.sell(variant), quantity: 2 }];
  const mainland = await preview({ countryCode: 'DE', postalCode: '10115', lines });
  expect(mainland).toMatchObject({ zone: null, weightGrams: 5000, subtotal: { amount: '38.00' }, quantity: 2 });
  expect(mainland.methods).toMatchObject([
    { code: 'parcel', price: { amount: '9.90' }, untilFree: { amount: '12.00' }, deliveryDays: { min: 1, max: 2 } },
    { code: 'express', offered: false, obstacle: 'ADDRESS_NOT_SERVED' },
    { code: 'yen', obstacle: 'PRICE_MISSING' },
    { code: 'off', obstacle: 'INACTIVE' },
    { code: 'small', obstacle: 'SUBTOTAL_TOO_HIGH', message: 'The method ships goods of 20.00 EUR or less' },
    { code: 'books', obstacle: 'PRODUCT_EXCLUDED' },
  ]);
  const [heavy] = (await preview({ countryCode: 'DE', postalCode: '25996', weightGrams: 10_001, subtotal: '90' }))
    .methods;
  expect(heavy).toMatchObject({ obstacle: 'WEIGHT_TOO_HIGH', message: 'The method ships 10000 g or less' });
  const [island] = (await preview({ countryCode: 'DE', postalCode: '25996', weightGrams: 500, subtotal: '90' }))
    .methods;
  expect(island).toMatchObject({ price: { amount: '14.90' }, freeFrom: null, deliveryDays: { min: 3, max: 6 } });
});

test('a cart gets the price of its zone and weight, in its language, in as many statements as without zones', async () => {
  const open = async (postalCode: string, variantId: string) => {
    const shopper = { ...actors.shopper, locale: 'de-AT' };
    const lines = [{ variantId, quantity: 2 }];
    const { cartCreate } = await shop.query(
      shopper,
      'mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } } }',
      { input: { lines, currencyCode: 'EUR' } },
    );
    const address = { name: 'A', line1: 'B 1', city: 'C', postalCode, countryCode: 'DE' };
    const set = () =>
      shop.query(
        shopper,
        `mutation ($input: CartAddressSetInput!) { cartAddressSet(input: $input) { cart { shippingMethods { ${OFFER} } } userErrors { code } } }`,
        { input: { cartId: cartCreate.cart.id, email: 'a@example.test', shippingAddress: address } },
      );
    const { result, statements } = await recordQueries(set);
    return { offers: result['cartAddressSet'].cart.shippingMethods, statements: statements.length };
  };
  const variantId = shop.catalog.sell({ weightGrams: 3000, unitPrice: '19.00' });
  const { id } = await addMethod({ prices: euros('4.90', { freeFrom: '50' }) });
  const before = await open('25996', variantId);
  expect(before.offers).toMatchObject([{ price: { amount: '4.90' }, untilFree: { amount: '12.00' } }]);
  const zoneId = await addZone('islands', { countryCode: 'DE', postalPatterns: ['2599*'] });
  const { shippingMethod } = await run(METHOD_UPDATE, {
    id,
    translations: [
      { locale: 'de', name: 'Paket', description: 'Mit Sendungsnummer' },
      { locale: 'de-at', name: 'Packerl' },
    ],
    zoneRates: [{ zoneId, prices: euros('9', { stepsBy: 'WEIGHT', steps: [{ from: '6000', price: '14.90' }] }) }],
  });
  expect(shippingMethod).toMatchObject({ version: 2, zoneRates: [{ prices: [{ steps: [{ from: '6000' }] }] }] });
  const after = await open('25996', variantId);
  expect(after.offers).toMatchObject([
    { name: 'Packerl', description: 'Mit Sendungsnummer', price: { amount: '14.90' }, untilFree: null },
  ]);
  expect(after.statements).toBe(before.statements);
});

test('a zone with prices is not deleted, and a method takes no unknown zone', async () => {
  const zoneId = await addZone('islands', { countryCode: 'DE' });
  const { id } = await addMethod({ zoneRates: [{ zoneId, prices: euros('1') }] });
  expect((await run(DELETE, { id: zoneId })).userErrors).toEqual([{ code: 'SHIPPING_ZONE_IN_USE', field: ['id'] }]);
  const unknown = { code: 'x', name: 'x', prices: [], zoneRates: [{ zoneId: randomUUID(), prices: [] }] };
  expect((await run(METHOD, unknown)).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['zoneRates'] }]);
  await run(METHOD_UPDATE, { id, zoneRates: null });
  expect((await run(DELETE, { id: zoneId })).userErrors).toEqual([]);
});

test('zones of another shop decide nothing, and callers without the scope see nothing', async () => {
  await addZone('mine', { countryCode: 'DE' });
  const input = { countryCode: 'DE', currencyCode: 'EUR' };
  const other = await shop.query(actors.otherTenant, PREVIEW, { input });
  expect(other['shippingPreview'].preview.zone).toBeNull();
  for (const document of [LIST, PREVIEW]) {
    const { errors } = await shop.execute(actors.staffWith('orders:read'), document, { input });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  }
});
