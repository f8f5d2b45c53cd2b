import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const VARIANT_DELETE = `mutation ($input: ProductVariantDeleteInput!) {
  productVariantDelete(input: $input) { deletedId userErrors { code message } }
}`;

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

test.each(['id', 'id sku', '__typename id', 'id product { name }'])(
  'a cart line whose variant was deleted has the variant null, whatever the query selects of the variant: { %s }',
  async (selection) => {
    const { shop, buyer, owner } = souk;
    const article = await shop.offer({ north: 5, south: 0 });
    const cartId = await buyer.fillCart(article);
    const read = `query ($id: ID!) { cart(id: $id) { lines { sku variant { ${selection} } } } }`;
    const before = await souk.run(read, { id: cartId });
    expect(before.data?.cart.lines[0].variant).toMatchObject(selection.includes('id') ? { id: article.variantId } : {});
    const { productVariantDelete } = await souk.data(VARIANT_DELETE, { input: { id: article.variantId } }, owner);
    expect(productVariantDelete.userErrors).toEqual([]);
    const after = await souk.run(read, { id: cartId });
    expect([after.errors, after.data?.cart.lines]).toEqual([[], [{ sku: article.sku, variant: null }]]);
  },
);

test('a payment without an order has the order null, and the query has no error', async () => {
  const { shop, buyer, owner } = souk;
  const cartId = await buyer.fillCart(await shop.offer({ north: 5, south: 0 }));
  expect(await buyer.checkout(cartId, { token: 'tok_declined' })).toMatchObject({ order: null });
  const paid = await buyer.order(await shop.offer({ north: 5, south: 0 }));
  const { errors, data } = await souk.run('{ payments { nodes { status order { id number } } } }', {}, owner);
  expect(errors).toEqual([]);
  expect(data?.payments.nodes).toMatchObject([{ order: { id: paid.id } }, { order: null }]);
});

test('the email of the customer of an order is that of the customer, and null for a buyer without an account', async () => {
  const { buyer, shop, owner } = souk;
  const { id, accessToken } = await buyer.order(await shop.offer({ north: 5, south: 0 }));
  const READ = `query ($id: ID!, $accessToken: String) {
    order(id: $id, accessToken: $accessToken) { email customer { id email } }
  }`;
  const customerOf = async () => (await souk.data(READ, { id }, owner)).order.customer;
  await until(async () => (await customerOf()) !== null);
  const admin = await installation.database.connect();
  const customer = await customerOf();
  await admin.query('update accounts.customer set email = $1 where id = $2', ['moved@example.test', customer.id]);
  expect(await souk.data(READ, { id }, owner)).toEqual({
    order: { email: 'buyer@example.test', customer: { id: customer.id, email: 'moved@example.test' } },
  });
  expect(await souk.run(READ, { id, accessToken })).toMatchObject({
    errors: [],
    data: { order: { email: 'buyer@example.test', customer: { id: customer.id, email: null } } },
  });
});
