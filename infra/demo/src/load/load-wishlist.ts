import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { RequestContext } from '@souk/kit/context';
import type { DemoShopper } from '../shops/tenants.ts';
import { runOperation } from './run-operation.ts';

const CUSTOMERS = '{ customers(first: 200) { nodes { id email } } }';
const VARIANT = 'query ($sku: String!) { productVariant(sku: $sku) { id } }';
const ITEM_ADD = `mutation ($input: WishlistItemAddInput!) {
  wishlistItemAdd(input: $input) { userErrors { code message field } }
}`;

interface Customers {
  readonly customers: { readonly nodes: readonly { readonly id: string; readonly email: string }[] };
}

/** Adds variants to the wishlist of a shopper. An item that the list has is not added again. */
export async function loadWishlist(
  { accounts, catalog, orders }: Subgraphs,
  ctx: RequestContext,
  { email, password, wishlist = [] }: DemoShopper,
): Promise<void> {
  if (wishlist.length === 0) return;
  const { id: userId } = await accounts.services.createUser({
    tenantId: ctx.tenantId,
    email,
    password,
    role: 'SHOPPER',
  });
  const { customers } = await runOperation<Customers>(accounts.schema, ctx, CUSTOMERS);
  const customerId = customers.nodes.find((each) => each.email === email)?.id;
  if (customerId === undefined)
    throw new Error(`The account ${email} of the demo has no customer. Start with an empty data folder.`);
  const shopper: RequestContext = { ...ctx, actor: { kind: 'user', userId, role: 'SHOPPER', scopes: [], customerId } };
  for (const sku of wishlist) {
    const { productVariant } = await runOperation<{ productVariant: { id: string } | null }>(
      catalog.schema,
      ctx,
      VARIANT,
      { sku },
    );
    if (!productVariant)
      throw new Error(`No product of the demo has the SKU "${sku}". Correct infra/demo/src/shops/tenants.ts.`);
    await runOperation(orders.schema, shopper, ITEM_ADD, { input: { variantId: productVariant.id } });
  }
}
