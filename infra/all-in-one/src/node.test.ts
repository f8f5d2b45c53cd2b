import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { nodeIdOf } from '@souk/kit/graphql';
import { until } from '@souk/kit/testing';
import { buildSchema, isInterfaceType } from 'graphql';
import { readFileSync } from 'node:fs';
import type { Data, Headers } from './testing/graphql-client.ts';
import { CART_CREATE, FULFILLMENT_CREATE, FULFILLMENT_SHIP } from './testing/operations.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

interface Node {
  readonly __typename: string;
  readonly nodeId: string;
  readonly id: string;
}

const NODE = '__typename nodeId id';
/** Selects one entity of every type that the field `node` can find. */
const EVERYTHING = /* GraphQL */ `{
  products(first: 1) { nodes { ${NODE} variants(first: 1) { nodes { ${NODE} } } } }
  categories(first: 1) { nodes { ${NODE} } }
  collections(first: 1) { nodes { ${NODE} } }
  brands(first: 1) { nodes { ${NODE} } }
  orders(first: 1) {
    nodes {
      ${NODE}
      customer { ${NODE} }
      fulfillments { ${NODE} warehouse { ${NODE} } }
      payments { ${NODE} }
      reservations { ${NODE} }
    }
  }
  customerGroups(first: 1) { nodes { ${NODE} } }
  companies(first: 1) { nodes { ${NODE} } }
  channels(first: 1) { nodes { ${NODE} } }
  invoices(first: 1) { nodes { ${NODE} } }
  returns(first: 1) { nodes { ${NODE} } }
  reviews(first: 1) { nodes { ${NODE} } }
  me { ${NODE} tenant { ${NODE} } }
}`;
const CHANNEL_CREATE = 'mutation { channelCreate(input: { code: "web", name: "Web" }) { userErrors { code } } }';
const GROUP_CREATE =
  'mutation ($input: CustomerGroupCreateInput!) { customerGroupCreate(input: $input) { userErrors { code } } }';
const COMPANY_CREATE = 'mutation { companyCreate(input: { name: "Lamps SARL" }) { userErrors { code } } }';
const RETURN_REQUEST =
  'mutation ($input: ReturnRequestInput!) { returnRequest(input: $input) { userErrors { code } } }';
const INVOICE_SETTINGS_SET = `mutation { invoiceSettingsSet(input: {
  seller: { legalName: "Lamps", address: { line1: "Main Street 1", city: "Berlin", countryCode: "DE" } }
  invoicePrefix: "INV-", creditNotePrefix: "CN-", isAutomatic: false }) { userErrors { code } } }`;
const INVOICE_CREATE =
  'mutation ($input: InvoiceCreateInput!) { invoiceCreate(input: $input) { userErrors { code } } }';
/** Types whose entities an anonymous caller may read by id. */
const PUBLIC = ['Brand', 'Cart', 'Category', 'Channel', 'Collection', 'Product', 'ProductVariant', 'Tenant'];

let installation: TestInstallation;
let souk: TestSouk;
let nodes: readonly Node[];
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  const { owner, buyer, shop } = souk;
  const article = await shop.offer({ north: 9, south: 0 });
  const { id: orderId } = await buyer.order(article);
  await returnOne(orderId);
  await souk.data(INVOICE_SETTINGS_SET, {}, owner);
  await souk.data(INVOICE_CREATE, { input: { orderId } }, owner);
  for (const mutation of ['brandCreate', 'categoryCreate', 'collectionCreate'])
    await souk.data(`mutation { ${mutation}(input: { name: "Lamps" }) { userErrors { code } } }`, {}, owner);
  await souk.data(COMPANY_CREATE, {}, owner);
  await souk.data(CHANNEL_CREATE, {}, owner);
  await writeReview();
  await souk.data(GROUP_CREATE, { input: { code: 'TRADE', name: 'Trade' } }, owner);
  const { cartCreate } = await souk.data(CART_CREATE, { input: { currencyCode: 'EUR' } });
  const cart = await souk.data(`query ($id: ID!) { cart(id: $id) { ${NODE} } }`, { id: cartCreate.cart.id });
  const seen = await until(async () => {
    const everything = await souk.data(EVERYTHING, {}, owner);
    return everything.orders.nodes[0].customer && everything; // An event links the customer moments after the order.
  });
  nodes = nodesIn([seen, cart]);
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/** Adds a review that waits for approval. */
async function writeReview(): Promise<void> {
  const admin = await installation.database.connect();
  await admin.query(
    `insert into catalog.review (tenant_id, id, product_id, customer_id, rating, title, body, display_name, verified_purchase,
                                 status, submitted_at)
     select tenant_id, gen_random_uuid(), id, gen_random_uuid(), 3, 'Bright', 'It is bright.', 'Ada', false, 'PENDING', now()
       from catalog.product where tenant_id = $1 limit 1`,
    [souk.shop.tenantId],
  );
}

/** Packs and ships an order, and requests the return of a unit. */
async function returnOne(orderId: string): Promise<void> {
  const { owner } = souk;
  const { fulfillmentCreate } = await souk.data(FULFILLMENT_CREATE, { input: { orderId } }, owner);
  const [{ id: fulfillmentId }] = fulfillmentCreate.fulfillments;
  await souk.data(FULFILLMENT_SHIP, { input: { fulfillmentId } }, owner);
  const { order } = await souk.data('query ($id: ID!) { order(id: $id) { lines { id } } }', { id: orderId }, owner);
  const lines = [{ orderLineId: order.lines[0].id, quantity: 1, reason: 'OTHER' }];
  await souk.data(RETURN_REQUEST, { input: { orderId, lines } }, owner);
}

function nodesIn(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodesIn);
  if (!('nodeId' in value)) return inside;
  const { __typename, nodeId, id } = value as Node;
  return [{ __typename, nodeId, id }, ...inside];
}

/** Runs the query `node`. @throws Error when the response has errors */
async function find(nodeId: string, headers?: Headers, selection = '__typename nodeId'): Promise<Data | null> {
  return (await souk.data(`query ($id: ID!) { node(id: $id) { ${selection} } }`, { id: nodeId }, headers)).node;
}

test('every entity with a nodeId is found by the nodeId, with its own fields', async () => {
  const schema = buildSchema(readFileSync(new URL('../../../clients/sdk/schema.graphql', import.meta.url), 'utf8'));
  const node = schema.getType('Node');
  const types = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];
  expect(Array.from(new Set(nodes.map(({ __typename }) => __typename))).toSorted()).toEqual(types.toSorted());
  for (const each of nodes)
    expect(await find(each.nodeId, souk.owner, `__typename nodeId ... on ${each.__typename} { id }`)).toEqual(each);
});

const FIELDS: Readonly<Record<string, string>> = {
  Brand: 'slug name',
  Cart: 'lines { id } totals { total { amount } }',
  Category: 'name children { nodes { name } }',
  Channel: 'code name isDefault',
  Collection: 'name',
  Customer: 'email orders { nodes { number } }',
  Company: 'name',
  CustomerGroup: 'code name',
  Fulfillment: 'status warehouse { code address { countryCode } }',
  Invoice: 'number lines { quantity } order { number }',
  Order: 'number payments { status } reservations { status }',
  Payment: 'status amount { amount }',
  Product: 'name variants { nodes { sku } }',
  ProductVariant: 'sku price { amount } availability { inStock }',
  Reservation: 'status lines { quantity }',
  Return: 'number lines { quantity } order { number }',
  Review: 'rating product { slug }',
  Tenant: 'slug name',
  User: 'email role',
  Warehouse: 'code address { countryCode }',
};

test('fields of a found entity come from all subgraphs that contribute to it', async () => {
  for (const { __typename, nodeId } of nodes) {
    const found = await find(nodeId, souk.owner, `__typename ... on ${__typename} { ${FIELDS[__typename]} }`);
    expect(found).toMatchObject({ __typename });
    expect(Object.entries(found ?? {}).filter(([, value]) => value === null)).toEqual([]);
  }
});

/** One non-null field of each type. A caller without access to the entity must still not receive an error for it. */
const NEVER_NULL: Readonly<Record<string, string>> = {
  Customer: 'email',
  Company: 'name',
  CustomerGroup: 'code',
  Fulfillment: 'status',
  Invoice: 'number',
  Order: 'number',
  Payment: 'status',
  Reservation: 'status',
  Return: 'number',
  Review: 'title',
  User: 'email',
  Warehouse: 'code',
};

test('an anonymous caller finds public entities and no other ones, without an error', async () => {
  const found = await Promise.all(nodes.map(async ({ nodeId, __typename }) => (await find(nodeId)) && __typename));
  expect(Array.from(new Set(found.filter((type) => type !== null))).toSorted()).toEqual(PUBLIC);
  for (const { __typename, nodeId } of nodes)
    if (!PUBLIC.includes(__typename))
      expect(await find(nodeId, {}, `... on ${__typename} { id ${NEVER_NULL[__typename]} }`)).toBeNull();
});

test('a user of another tenant finds no entity', async () => {
  for (const { nodeId } of nodes) expect(await find(nodeId, souk.rival)).toBeNull();
});

test('an unknown entity and a malformed nodeId are null, without an error', async () => {
  for (const { __typename } of nodes) {
    const unknown = nodeIdOf({ type: __typename, id: randomUUID() });
    expect(await find(unknown, souk.owner, `__typename ... on ${__typename} { id ${FIELDS[__typename]} }`)).toBeNull();
  }
  const strange = [
    '',
    'x',
    randomUUID(),
    ...['Nothing', 'constructor', '__proto__'].map((type) => nodeIdOf({ type, id: randomUUID() })),
  ];
  for (const nodeId of strange) expect(await find(nodeId, souk.owner)).toBeNull();
});
