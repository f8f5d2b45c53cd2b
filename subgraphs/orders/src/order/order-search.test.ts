import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordQueries, sequentialScans } from '@souk/kit/testing';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
const ORDERS = 2000;

beforeAll(async () => {
  shop = await openShop();
  await shop.admin.query(
    `insert into orders.sales_order (tenant_id, id, number, external_reference, email, locale, currency, subtotal_minor, discount_minor,
            shipping_minor, tax_minor, total_minor, shipping_address, billing_address, shipping_method_name, placed_at, status,
            payment_status, fulfillment_status)
     select $1, gen_random_uuid(), 'S-' || 100000 + n, 'ERP' || lpad(n::text, 4, '0'), 'Buyer' || n || '@example.test', 'en', 'EUR', 1, 0, 0, 0, 1,
            jsonb_build_object('name', 'Zoë van den Berg-' || lpad(n::text, 4, '0')), jsonb_build_object('name', 'Ärzte GmbH'), 'Standard',
            timestamptz '2030-01-01' + n * interval '1 minute', (array['CONFIRMED', 'PLACED', 'COMPLETED'])[n % 3 + 1],
            (array['PAID', 'PENDING', 'AUTHORIZED'])[n % 3 + 1], (array['UNFULFILLED', 'FULFILLED', 'DELIVERED'])[n % 3 + 1]
       from generate_series(1, $2::integer) n`,
    [shop.tenantId, ORDERS],
  );
  await shop.admin.query(
    `insert into orders.order_tag (tenant_id, order_id, tag) select tenant_id, id, 'tag ' || row_number() over () % 50 from orders.sales_order`,
  );
  await shop.admin.query('analyze orders.sales_order, orders.order_term, orders.order_tag');
});
afterAll(() => shop.close());

const LIST = `query ($filter: OrderFilterInput, $after: String) {
  orders(first: 3, filter: $filter, after: $after) { nodes { number email } pageInfo { endCursor hasNextPage } }
}`;
const list = async (filter: object, after: string | null = null, ctx = shop.staff) =>
  (await shop.process.query(ctx, LIST, { filter, after })).orders;
const numbers = async (search: string, more: object = {}) =>
  (await list({ search, ...more })).nodes.map(({ number }: { number: string }) => number);

test.each<[string, string]>([
  ['its number', 'S-100017'],
  ['its number in small letters', 's-100017'],
  ['its number without the prefix', '100017'],
  ['its number behind a #', '#100017'],
  ['the beginning of its e-mail address', 'buyer17@EX'],
  ['the reference of another system', 'erp0017'],
  ['the recipient, in any order and without accents', 'berg-0017 zoe'],
  ['the name on the invoice and a number', 'arzte gmbh 100017'],
  ['the name in decomposed letters', 'A\u0308rzte Zoe\u0308 Berg-0017'],
])('an order is found by %s', async (_what, search) => {
  expect((await numbers(search)).at(-1)).toBe('S-100017');
});

test('all words must match, and filters hold beside the words', async () => {
  expect(await numbers('100017 100018')).toEqual([]);
  expect(await numbers('100017 erp0018')).toEqual([]);
  expect(await numbers('100017', { status: 'COMPLETED' })).toEqual(['S-100017']);
  expect(await numbers('100017', { status: 'CANCELED' })).toEqual([]);
  expect(await numbers('00017')).toEqual([]);
  expect(await numbers('%')).toEqual([]);
});

test('an order is found by a SKU, and a page of a search continues', async () => {
  const offered = shop.offer(5);
  const order = await shop.order([{ ...offered, quantity: 1 }]);
  expect(await numbers(offered.sku.toLowerCase())).toEqual([order.number]);
  const first = await list({ search: 'zoe' });
  const second = await list({ search: 'zoe' }, first.pageInfo.endCursor);
  expect([...first.nodes, ...second.nodes].map(({ number }) => number)).toEqual(
    [0, 1, 2, 3, 4, 5].map((n) => `S-${100000 + ORDERS - n}`),
  );
});

test('another tenant finds nothing', async () => {
  expect((await list({ search: 'zoe' }, null, shop.otherTenant)).nodes).toEqual([]);
});

test('a changed address changes the words, and keeps those that the order still has', async () => {
  const { rows } = await shop.admin.query<{ id: string }>(
    `update orders.sales_order set shipping_address = '{"name": "Amal Berg-0005"}', billing_address = null
      where number = 'S-100005' returning id`,
  );
  expect(rows).toHaveLength(1);
  expect(await numbers('amal berg-0005')).toEqual(['S-100005']);
  expect(await numbers('zoe 100005')).toEqual([]);
});

test('a search longer than 100 characters is refused', async () => {
  const { errors } = await shop.process.execute(shop.staff, LIST, { filter: { search: 'x'.repeat(101) } });
  expect(errors?.[0]?.message).toContain('search');
});

test.each<[string, object]>([
  ['no filter', {}],
  ['a status', { status: 'CONFIRMED' }],
  ['a payment status', { paymentStatus: 'PAID' }],
  ['a fulfillment status', { fulfillmentStatus: 'UNFULFILLED' }],
  ['a period', { placedAfter: '2030-01-01T00:00:00Z', placedBefore: '2030-02-01T00:00:00Z' }],
  ['an e-mail address', { email: 'buyer17@example.test' }],
  ['a tag', { tag: 'Tag 7' }],
  ['one word', { search: '100017' }],
  ['three words', { search: 'zoe van berg-0017' }],
  ['a word and a status', { search: '100017', status: 'CONFIRMED' }],
])('a page of orders by %s scans no table', async (_what, filter) => {
  const { statements } = await recordQueries(() => list(filter));
  expect(statements.some((statement) => statement.includes('from "sales_order"'))).toBe(true);
  expect(await sequentialScans(shop.database, 'orders', statements)).toEqual([]);
});
