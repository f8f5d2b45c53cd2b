import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { nodeIdOf } from '@souk/kit/graphql';
import { openShop, type Shop } from '../testing/shop.ts';
import { codeOf } from '../testing/stock.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

const FIELDS = 'id status carrier trackingNumber warehouse { id } lines { orderLineId quantity }';
const errors = 'userErrors { code message field }';
const send = async (source: string, ctx = shop.staff) =>
  Object.values(await shop.process.query(ctx, `mutation { ${source} }`))[0];
const create = (orderId: string, rest = '') =>
  send(`fulfillmentCreate(input: { orderId: "${orderId}" ${rest} }) { fulfillments { ${FIELDS} } ${errors} }`);
const move = (verb: 'Ship' | 'Deliver' | 'Cancel', id: string, rest = '') =>
  send(`fulfillment${verb}(input: { fulfillmentId: "${id}" ${rest} }) { fulfillment { ${FIELDS} } ${errors} }`);
const statusesOf = async (id: string) =>
  (await shop.process.query(shop.staff, `{ order(id: "${id}") { status fulfillmentStatus } }`)).order;

test('an order is packed, sent and delivered, and is then complete', async () => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 2 }]);
  const [parcel] = (await create(id)).fulfillments;
  expect(parcel).toMatchObject({ status: 'PENDING', lines: [{ quantity: 2 }] });
  const { fulfillment } = await move('Ship', parcel.id, ', carrier: "DHL", trackingNumber: "JD0001"');
  expect(fulfillment).toMatchObject({ id: parcel.id, status: 'SHIPPED', carrier: 'DHL', trackingNumber: 'JD0001' });
  expect(await statusesOf(id)).toEqual({ status: 'CONFIRMED', fulfillmentStatus: 'FULFILLED' });
  expect((await move('Deliver', parcel.id)).fulfillment.status).toBe('DELIVERED');
  expect(await statusesOf(id)).toEqual({ status: 'COMPLETED', fulfillmentStatus: 'DELIVERED' });
});

test('the tracking of a sent parcel leads to a page, and can be corrected', async () => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const [parcel] = (await create(id)).fulfillments;
  const set = (rest: string) =>
    send(
      `fulfillmentTrackingSet(input: { fulfillmentId: "${parcel.id}" ${rest} }) { fulfillment { status trackingNumber trackingUrl } ${errors} }`,
    );
  expect((await set(', trackingNumber: "1"')).userErrors).toMatchObject([{ code: 'FULFILLMENT_STATE_INVALID' }]);
  const unsafe = ', trackingUrl: "javascript:alert(1)"';
  expect((await move('Ship', parcel.id, unsafe)).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', field: ['trackingUrl'] },
  ]);
  await move('Ship', parcel.id, ', carrier: "UPS", trackingNumber: "1Z1"');
  expect(await set(', carrier: "UPS", trackingNumber: "1Z2"')).toMatchObject({
    fulfillment: { status: 'SHIPPED', trackingNumber: '1Z2', trackingUrl: 'https://www.ups.com/track?tracknum=1Z2' },
  });
  expect((await set(unsafe)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['trackingUrl'] }]);
  const own = 'https://courier.example/parcels/7';
  expect(await set(`, carrier: "Bike courier", trackingUrl: "${own}"`)).toMatchObject({
    fulfillment: { trackingNumber: null, trackingUrl: own },
  });
  const { order } = await shop.process.query(
    shop.staff,
    `{ order(id: "${id}") { events(last: 2) { nodes { type } } } }`,
  );
  expect(order.events.nodes).toEqual([{ type: 'TRACKING_CHANGED' }, { type: 'TRACKING_CHANGED' }]);
});

test('each warehouse with allocated units sends its own parcel', async () => {
  const lamp = shop.offer(2);
  const south = shop.stock.put(lamp.sku, 9);
  const { id } = await shop.order([{ ...lamp, quantity: 5 }]);
  const { fulfillments } = await create(id);
  expect(
    fulfillments.map((each: { warehouse: { id: string }; lines: { quantity: number }[] }) => [
      each.warehouse.id,
      each.lines[0]?.quantity,
    ]),
  ).toEqual([
    [lamp.warehouseId, 2],
    [south, 3],
  ]);
  expect((await create(id)).userErrors).toMatchObject([{ code: 'NOTHING_TO_FULFILL' }]);
});

test('an order can be sent in parts, and a canceled parcel opens its units again', async () => {
  const order = await shop.order([{ ...shop.offer(5), quantity: 3 }]);
  const [line] = order['lines'] as [{ id: string }];
  const part = (quantity: number) =>
    create(order.id, `, lines: [{ orderLineId: "${line.id}", quantity: ${quantity} }]`);
  const [parcel] = (await part(2)).fulfillments;
  expect((await part(2)).userErrors).toMatchObject([
    { code: 'FULFILLMENT_QUANTITY_EXCEEDED', field: ['lines', '0', 'quantity'] },
  ]);
  expect((await move('Cancel', parcel.id)).fulfillment.status).toBe('CANCELED');
  expect((await part(3)).fulfillments).toHaveLength(1);
});

test('a shipped parcel cannot be canceled, and neither can its order', async () => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const [parcel] = (await create(id)).fulfillments;
  expect((await move('Deliver', parcel.id)).userErrors).toMatchObject([{ code: 'FULFILLMENT_STATE_INVALID' }]);
  await move('Ship', parcel.id);
  expect((await move('Cancel', parcel.id)).userErrors).toMatchObject([{ code: 'FULFILLMENT_STATE_INVALID' }]);
  const canceled = await send(`orderCancel(input: { orderId: "${id}", reason: "late" }) { order { id } ${errors} }`);
  expect(canceled.userErrors).toMatchObject([{ code: 'ORDER_NOT_CANCELABLE' }]);
});

test.each([
  { verbs: ['Ship', 'Deliver'], ends: 'DELIVERED' },
  { verbs: ['Cancel'], ends: 'CANCELED' },
] as const)('$verbs happen only at the version of the order that the clerk has seen', async ({ verbs, ends }) => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const versionOf = async () =>
    (await shop.process.query(shop.staff, `{ order(id: "${id}") { version } }`)).order.version;
  const seen: number = await versionOf();
  const [parcel] = (await create(id, `, expectedVersion: ${seen}`)).fulfillments;
  let stale = seen;
  for (const verb of verbs) {
    const current: number = await versionOf();
    expect(await move(verb, parcel.id, `, expectedVersion: ${stale}`)).toMatchObject({
      fulfillment: null,
      userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }],
    });
    expect((await move(verb, parcel.id, `, expectedVersion: ${current}`)).userErrors).toEqual([]);
    stale = current;
  }
  const { order } = await shop.process.query(shop.staff, `{ order(id: "${id}") { fulfillments { status } } }`);
  expect(order.fulfillments).toEqual([{ status: ends }]);
});

test('a repeated key packs once', async () => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const key = `, idempotencyKey: "${randomUUID()}"`;
  const [first, second] = [await create(id, key), await create(id, key)];
  expect(second).toEqual(first);
});

test('two clerks who pack the same order at once pack it once', async () => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const answers = await Promise.all([create(id), create(id)]);
  expect(answers.flatMap(({ fulfillments }) => fulfillments ?? [])).toHaveLength(1);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'NOTHING_TO_FULFILL' }]);
});

test('another tenant can find neither order nor parcel', async () => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  const [parcel] = (await create(id)).fulfillments;
  const rival = shop.otherTenant;
  const packed = await send(`fulfillmentCreate(input: { orderId: "${id}" }) { ${errors} }`, rival);
  expect(packed.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['orderId'] }]);
  const shipped = await send(`fulfillmentShip(input: { fulfillmentId: "${parcel.id}" }) { ${errors} }`, rival);
  expect(shipped.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['fulfillmentId'] }]);
  const reference = `{ _entities(representations: [{ __typename: "Fulfillment", id: "${parcel.id}" }]) { ... on Fulfillment { id } } }`;
  expect((await shop.process.query(rival, reference))['_entities']).toEqual([null]);
  expect((await shop.process.query(shop.staff, reference))['_entities']).toEqual([{ id: parcel.id }]);
});

test('a buyer sees the origin of their order and the id of its customer without any scope', async () => {
  const lamp = shop.offer(5);
  const { id, accessToken } = await shop.order([{ ...lamp, quantity: 1 }]);
  await create(id);
  const customerId = randomUUID();
  await shop.admin.query('update orders.sales_order set customer_id = $1 where id = $2', [customerId, id]);
  const { order } = await shop.process.query(
    shop.shopper,
    `{ order(id: "${id}", accessToken: "${accessToken}") {
      customer { id nodeId } fulfillments { warehouse { id nodeId code name } } } }`,
  );
  const code = codeOf(lamp.warehouseId);
  expect(order).toEqual({
    customer: { id: customerId, nodeId: nodeIdOf({ type: 'Customer', id: customerId }) },
    fulfillments: [
      {
        warehouse: {
          id: lamp.warehouseId,
          nodeId: nodeIdOf({ type: 'Warehouse', id: lamp.warehouseId }),
          code,
          name: `Warehouse ${code}`,
        },
      },
    ],
  });
});
