import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const placeOne = () => shop.order([{ ...shop.offer(5), quantity: 1 }]);

async function mutate(name: string, type: string, input: object, fields: string, ctx = shop.staff) {
  const text = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code field } } }`;
  return (await shop.process.query(ctx, text, { input }))[name];
}
const ORDER = 'order { id version tags purchaseOrderNumber attributes { key value } notes { id text createdBy } }';
const update = (input: object) => mutate('orderUpdate', 'OrderUpdateInput', input, ORDER);
const addNote = (orderId: string, text: string) =>
  mutate('orderNoteAdd', 'OrderNoteAddInput', { orderId, text }, ORDER);

describe('the remarks of a cart', () => {
  const remarks = {
    buyerNote: 'Ring twice',
    purchaseOrderNumber: 'PO-77/ß',
    attributes: [{ key: 'engraving', value: 'A & B' }],
  };
  const setRemarks = (input: object) =>
    mutate(
      'cartRemarksSet',
      'CartRemarksSetInput',
      input,
      'cart { buyerNote purchaseOrderNumber attributes { key value } }',
      shop.shopper,
    );

  test('become those of the order, which its purchase order number finds', async () => {
    const cartId = await shop.fillCart([{ ...shop.offer(5), quantity: 1 }]);
    expect(await setRemarks({ cartId, ...remarks })).toEqual({ cart: remarks, userErrors: [] });
    const { order, orderAccessToken } = await shop.checkout(cartId);
    const shown = await shop.process.query(
      shop.shopper,
      `{ order(id: "${order.id}", accessToken: "${orderAccessToken}") { buyerNote purchaseOrderNumber attributes { key value } } }`,
    );
    expect(shown.order).toEqual(remarks);
    const found = await shop.process.query(shop.staff, '{ orders(filter: { search: "po-77" }) { nodes { id } } }');
    expect(found.orders.nodes).toEqual([{ id: order.id }]);
  });

  test('stay where a change does not name them, and go with null', async () => {
    const cartId = await shop.fillCart([{ ...shop.offer(5), quantity: 1 }]);
    await setRemarks({ cartId, ...remarks });
    const { cart } = await setRemarks({ cartId, buyerNote: null });
    expect(cart).toEqual({ ...remarks, buyerNote: null });
    expect((await setRemarks({ cartId, attributes: null })).cart.attributes).toEqual([]);
  });

  test('have each key once', async () => {
    const cartId = await shop.fillCart([{ ...shop.offer(5), quantity: 1 }]);
    const attributes = ['a', 'b', 'a'].map((key) => ({ key, value: 'x' }));
    const { userErrors } = await setRemarks({ cartId, attributes });
    expect(userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['attributes', '2', 'key'] }]);
  });
});

describe('the tags of an order', () => {
  test('are stored in small letters, each once, and orders are found by them', async () => {
    const { id } = await placeOne();
    const { order } = await update({ orderId: id, tags: [' VIP ', 'Call  Back', 'vip'] });
    expect(order.tags).toEqual(['call back', 'vip']);
    const text = '{ orders(filter: { tag: "Call Back" }) { nodes { id tags } } }';
    expect((await shop.process.query(shop.staff, text)).orders.nodes).toEqual([{ id, tags: ['call back', 'vip'] }]);
    expect((await update({ orderId: id, tags: ['vip'] })).order.tags).toEqual(['vip']);
    expect((await shop.process.query(shop.staff, text)).orders.nodes).toEqual([]);
    expect((await update({ orderId: id, tags: null })).order.tags).toEqual([]);
  });

  test('are for staff', async () => {
    const { id } = await placeOne();
    await update({ orderId: id, tags: ['vip'] });
    await addNote(id, 'Careful');
    const text = `{ _entities(representations: [{ __typename: "Order", id: "${id}" }]) { ... on Order { tags } } }`;
    expect((await shop.process.query(shop.staff, text))._entities).toEqual([{ tags: ['vip'] }]);
    const list = await shop.process.query(shop.otherTenant, '{ orders(filter: { tag: "vip" }) { nodes { id } } }');
    expect(list.orders.nodes).toEqual([]);
  });

  test.each([
    ['blank', '  '],
    ['too long', 'x'.repeat(41)],
  ])('refuse a tag that is %s', async (_what, tag) => {
    const { id } = await placeOne();
    const { userErrors } = await update({ orderId: id, tags: ['vip', tag] });
    expect(userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['tags', '1'] }]);
  });
});

describe('a change of details', () => {
  test('writes the history, and is refused for an order that a colleague has changed', async () => {
    const { id } = await placeOne();
    const { order } = await update({
      orderId: id,
      purchaseOrderNumber: 'PO-1',
      attributes: [{ key: 'k', value: 'v' }],
    });
    expect(order).toMatchObject({ purchaseOrderNumber: 'PO-1', attributes: [{ key: 'k', value: 'v' }] });
    const { events } = (
      await shop.process.query(shop.staff, `{ order(id: "${id}") { events(last: 1) { nodes { type } } } }`)
    ).order;
    expect(events.nodes).toEqual([{ type: 'DETAILS_CHANGED' }]);
    const late = await update({ orderId: id, expectedVersion: order.version - 1, tags: ['late'] });
    expect(late.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    expect((await update({ orderId: id, expectedVersion: order.version, tags: ['in time'] })).userErrors).toEqual([]);
  });
});

describe('the notes about an order', () => {
  test('name their author, newest first, and can be deleted', async () => {
    const { id } = await placeOne();
    await addNote(id, 'First');
    const { order } = await addNote(id, 'Second');
    const createdBy = shop.staff.actor.kind === 'user' ? shop.staff.actor.userId : null;
    expect(order.notes.map(({ text }: { text: string }) => text)).toEqual(['Second', 'First']);
    expect(order.notes.map((note: { createdBy: string }) => note.createdBy)).toEqual([createdBy, createdBy]);
    const noteId = order.notes[0].id;
    const remove = () => mutate('orderNoteDelete', 'OrderNoteDeleteInput', { noteId }, 'deletedId');
    expect(await remove()).toEqual({ deletedId: noteId, userErrors: [] });
    expect((await remove()).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['noteId'] }]);
    const { notes } = (await shop.process.query(shop.staff, `{ order(id: "${id}") { notes { text } } }`)).order;
    expect(notes).toEqual([{ text: 'First' }]);
  });

  test('are limited', async () => {
    const { id } = await placeOne();
    await shop.admin.query(
      `insert into orders.order_note (tenant_id, id, order_id, text)
       select $1, gen_random_uuid(), $2, 'n' from generate_series(1, 200)`,
      [shop.tenantId, id],
    );
    expect((await addNote(id, 'One more')).userErrors).toEqual([
      { code: 'ORDER_NOTE_LIMIT_REACHED', field: ['orderId'] },
    ]);
  });

  test('need the scope orders:write', async () => {
    const { id } = await placeOne();
    const text = `mutation { orderNoteAdd(input: { orderId: "${id}", text: "x" }) { userErrors { code } } }`;
    const { errors } = await shop.process.execute(shop.staffWith('orders:read'), text);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
