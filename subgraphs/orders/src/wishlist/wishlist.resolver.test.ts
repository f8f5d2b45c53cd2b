import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { testContext } from '@souk/kit/testing';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

function customer(): RequestContext {
  const ctx = testContext({ tenantId: shop.tenantId, scopes: [], role: 'SHOPPER' });
  if (ctx.actor.kind !== 'user') throw new Error('A shopper is a user');
  return { ...ctx, actor: { ...ctx.actor, customerId: randomUUID() } };
}

interface List {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly version: number;
  readonly items: readonly { readonly id: string; readonly variantId: string }[];
}

interface Payload {
  readonly wishlist: List | null;
  readonly userErrors: readonly { readonly code: string }[];
}

const LIST = 'id name isDefault version items { id variantId addedAt }';
async function change(ctx: RequestContext, operation: string, input: object, shown = `wishlist { ${LIST} }`) {
  const document = `mutation ($input: Wishlist${operation}Input!) { wishlist${operation}(input: $input) { ${shown} userErrors { code } } }`;
  return (await shop.process.query(ctx, document, { input }))[`wishlist${operation}`] as Payload;
}

async function listsOf(ctx: RequestContext, owner: RequestContext = ctx): Promise<readonly List[] | null> {
  const id = owner.actor.kind === 'user' ? owner.actor.userId : randomUUID();
  const MINE = `query ($users: [_Any!]!) { _entities(representations: $users) { ... on User { wishlists { ${LIST} } } } }`;
  const { _entities } = await shop.process.query(ctx, MINE, {
    users: [{ __typename: 'User', id }],
  });
  return _entities[0]?.wishlists ?? null;
}

const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
const variant = () => shop.offer(5).variantId;

test('the first item creates the default list, and an item is in a list once', async () => {
  const ada = customer();
  const [first, second] = [variant(), variant()];
  expect(await listsOf(ada)).toEqual([]);
  for (const variantId of [first, second, first])
    expect(codes(await change(ada, 'ItemAdd', { variantId }))).toEqual([]);
  const [list] = (await listsOf(ada)) ?? [];
  expect(list).toMatchObject({ name: 'Wishlist', isDefault: true });
  expect(new Set(list?.items.map(({ variantId }) => variantId))).toEqual(new Set([first, second]));
  const itemId = list?.items.find(({ variantId }) => variantId === first)?.id;
  const { wishlist } = await change(ada, 'ItemRemove', { itemId });
  expect(wishlist?.items).toMatchObject([{ variantId: second }]);
  expect(codes(await change(ada, 'ItemRemove', { itemId }))).toEqual(['NOT_FOUND']);
});

test('a customer has several lists, one of which is the default, also after a deletion', async () => {
  const ada = customer();
  const names = ['Kitchen', 'Gifts', 'Later'];
  const ids: string[] = [];
  for (const name of names) ids.push((await change(ada, 'Create', { name })).wishlist?.id ?? '');
  await change(ada, 'Update', { id: ids[2], isDefault: true, name: 'Someday' });
  const shown = async () => (await listsOf(ada))?.map(({ name, isDefault }) => [name, isDefault]);
  expect(await shown()).toEqual([
    ['Kitchen', false],
    ['Gifts', false],
    ['Someday', true],
  ]);
  expect(codes(await change(ada, 'Update', { id: ids[0], name: 'x', expectedVersion: 9 }))).toEqual([
    'VERSION_CONFLICT',
  ]);
  await change(ada, 'Delete', { id: ids[2] }, 'deletedId');
  expect(await shown()).toEqual([
    ['Kitchen', true],
    ['Gifts', false],
  ]);
  const { wishlist } = await change(ada, 'ItemAdd', { wishlistId: ids[1], variantId: variant() });
  expect(wishlist).toMatchObject({ name: 'Gifts', items: [{}] });
});

test('customers neither see nor change lists of others, and only customers have lists', async () => {
  const [ada, eve] = [customer(), customer()];
  const { wishlist } = await change(ada, 'ItemAdd', { variantId: variant() });
  for (const caller of [eve, shop.staff, shop.shopper]) expect(await listsOf(caller, ada)).toBeNull();
  const id = wishlist?.id;
  expect(codes(await change(eve, 'Update', { id, name: 'Mine' }))).toEqual(['NOT_FOUND']);
  expect(codes(await change(eve, 'Delete', { id }, 'deletedId'))).toEqual(['NOT_FOUND']);
  expect(codes(await change(eve, 'ItemAdd', { wishlistId: id, variantId: variant() }))).toEqual(['NOT_FOUND']);
  expect(codes(await change(eve, 'ItemRemove', { itemId: wishlist?.items[0]?.id }))).toEqual(['NOT_FOUND']);
  expect(codes(await change(shop.staff, 'Create', { name: 'Mine' }))).toEqual(['INVALID_INPUT']);
  const guest = await shop.process.execute(
    shop.shopper,
    'mutation { wishlistCreate(input: { name: "x" }) { userErrors { code } } }',
  );
  expect(guest.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('the number of lists and items has a maximum, also for changes at the same time', async () => {
  const ada = customer();
  const created = await Promise.all(
    Array.from({ length: 23 }, (_each, index) => change(ada, 'Create', { name: `List ${index}` })),
  );
  expect(created.flatMap(codes)).toEqual(Array.from({ length: 3 }, () => 'WISHLIST_LIMIT_REACHED'));
  const lists = (await listsOf(ada)) ?? [];
  expect(lists.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  const wishlistId = lists[0]?.id;
  await shop.admin.query(
    `insert into orders.wishlist_item (tenant_id, id, wishlist_id, variant_id, added_at)
     select $1, gen_random_uuid(), $2, gen_random_uuid(), now() from generate_series(1, 200)`,
    [shop.tenantId, wishlistId],
  );
  expect(codes(await change(ada, 'ItemAdd', { wishlistId, variantId: variant() }))).toEqual(['WISHLIST_LIMIT_REACHED']);
});

test('a variant that is not for sale is refused', async () => {
  expect(codes(await change(customer(), 'ItemAdd', { variantId: randomUUID() }))).toEqual(['VARIANT_NOT_FOUND']);
});
