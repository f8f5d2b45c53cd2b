import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testContext } from '@souk/kit/testing';
import { OrderPlaced } from '../contract.ts';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

function customer(tenantId = shop.tenantId): RequestContext & { readonly actor: { readonly kind: 'user' } } {
  const ctx = testContext({ tenantId, scopes: [], role: 'SHOPPER' });
  if (ctx.actor.kind !== 'user') throw new Error('A shopper is a user');
  return { ...ctx, actor: { ...ctx.actor, customerId: randomUUID() } };
}

const MINE = `query ($users: [_Any!]!) {
  _entities(representations: $users) { ... on User { orders(first: 5) { nodes { id } } cart { id lines { sku } } } }
}`;

/** The orders and the cart of a user, as the caller sees them. @param owner the user @default the caller */
async function mine(ctx: RequestContext, owner: RequestContext = ctx) {
  const id = owner.actor.kind === 'user' ? owner.actor.userId : randomUUID();
  const { _entities } = await shop.process.query(ctx, MINE, { users: [{ __typename: 'User', id }] });
  return _entities[0] as { orders: { nodes: { id: string }[] } | null; cart: { id: string; lines: unknown[] } | null };
}

const placedEvents = async (orderId: string) =>
  (
    await shop.admin.query('select payload from orders.outbox_event where subject = $1 and aggregate_id = $2', [
      OrderPlaced.subject,
      orderId,
    ])
  ).rows;

test('a customer orders from the own cart, and the order is in the list of the customer at once', async () => {
  const ada = customer();
  expect(await mine(ada)).toEqual({ orders: { nodes: [] }, cart: null });
  const cartId = await shop.fillCart([{ ...shop.offer(5), quantity: 1 }], ada);
  expect((await mine(ada)).cart).toMatchObject({ id: cartId });
  const { order } = await shop.checkout(cartId, {}, ada);
  expect(await mine(ada)).toEqual({ orders: { nodes: [{ id: order.id }] }, cart: null });
  expect(await placedEvents(order.id)).toMatchObject([{ payload: { customerId: ada.actor.customerId } }]);
});

test('a guest has neither, and the order of a guest names no customer', async () => {
  const { id } = await shop.order([{ ...shop.offer(5), quantity: 1 }]);
  expect(await mine(shop.shopper)).toEqual({ orders: null, cart: null });
  const [event] = await placedEvents(id);
  expect(event.payload).not.toHaveProperty('customerId');
});

test('only the first active cart belongs to the customer, also when two are opened at once', async () => {
  const ada = customer();
  const line = { ...shop.offer(5), quantity: 1 };
  const ids = await Promise.all([shop.fillCart([line], ada), shop.fillCart([line], ada)]);
  const { cart } = await mine(ada);
  expect(ids).toContain(cart?.id);
  const other = ids.find((id) => id !== cart?.id) ?? '';
  const { order } = await shop.checkout(other, {}, ada);
  expect((await mine(ada)).orders?.nodes).toEqual([{ id: order.id }]);
  expect((await mine(ada)).cart).toEqual(cart);
});

test('a customer sees neither orders nor cart of another user, and staff see none through a user', async () => {
  const [ada, eve] = [customer(), customer()];
  const order = await shop.order([{ ...shop.offer(5), quantity: 1 }], ada);
  await shop.fillCart([{ ...shop.offer(5), quantity: 1 }], ada);
  for (const caller of [eve, shop.staff, shop.shopper])
    expect(await mine(caller, ada)).toEqual({ orders: null, cart: null });
  const elsewhere = { ...ada, tenantId: randomUUID() };
  expect(await mine(elsewhere)).toEqual({ orders: { nodes: [] }, cart: null });
  const SHOW = 'query ($id: ID!) { order(id: $id) { id } }';
  const shown = async (ctx: RequestContext) => (await shop.process.query(ctx, SHOW, { id: order.id })).order;
  expect(await shown(ada)).toEqual({ id: order.id });
  for (const caller of [eve, elsewhere, shop.shopper]) expect(await shown(caller)).toBeNull();
});

test('a customer requests a return without an access token, and another customer cannot', async () => {
  const [ada, eve] = [customer(), customer()];
  const order = await shop.order([{ ...shop.offer(5), quantity: 1 }], ada);
  const RETURN = `mutation ($input: ReturnRequestInput!) { returnRequest(input: $input) { userErrors { code } } }`;
  const lines = [{ orderLineId: (order['lines'] as { id: string }[])[0]?.id, quantity: 1, reason: 'OTHER' }];
  const request = async (ctx: RequestContext) =>
    (await shop.process.query(ctx, RETURN, { input: { orderId: order.id, lines } })).returnRequest.userErrors;
  expect(await request(eve)).toEqual([{ code: 'NOT_FOUND' }]);
  // The units have not been shipped, so the return fails for another reason than NOT_FOUND. The customer passed the access check.
  expect(await request(ada)).not.toEqual([{ code: 'NOT_FOUND' }]);
});
