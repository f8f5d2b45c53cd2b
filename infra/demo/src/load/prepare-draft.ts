import type { RequestContext } from '@souk/kit/context';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { DemoOrder } from '../shops/demo.types.ts';
import { runOperation } from './run-operation.ts';
import { variantOf, type ShopDirectory } from './shop-directory.ts';

interface Draft {
  readonly id: string;
  readonly cart: { readonly shippingMethods: readonly { readonly id: string; readonly code: string }[] };
}

const DRAFT = 'draftOrder { id cart { shippingMethods { id code } } } userErrors { code message field }';
const CREATE = `mutation ($input: DraftOrderCreateInput!) { draftOrderCreate(input: $input) { ${DRAFT} } }`;
const UPDATE = `mutation ($input: DraftOrderUpdateInput!) { draftOrderUpdate(input: $input) { ${DRAFT} } }`;

/**
 * Creates a draft order with the lines and the buyer of an order, and with a discount by staff. A second call changes
 * nothing.
 */
export async function prepareDraft(
  { orders: { schema } }: Subgraphs,
  ctx: RequestContext,
  order: DemoOrder,
  directory: ShopDirectory,
): Promise<void> {
  const run = <Data>(source: string, key: string, input: object) =>
    runOperation<Data>(schema, ctx, source, { input: { ...input, idempotencyKey: `draft-order-${key}` } });
  const lines = order.lines.map(({ sku, quantity }) => ({
    variantId: variantOf(directory, sku).id,
    quantity,
    discountPercent: '15',
    priceReason: 'Offer by phone for the second order',
  }));
  const { currencyCode, email, shippingAddress } = order;
  const { draftOrderCreate } = await run<{ draftOrderCreate: { draftOrder: Draft } }>(CREATE, 'create', {
    lines,
    currencyCode,
  });
  const { id } = draftOrderCreate.draftOrder;
  const { draftOrderUpdate } = await run<{ draftOrderUpdate: { draftOrder: Draft } }>(UPDATE, 'address', {
    id,
    email,
    shippingAddress,
  });
  const { shippingMethods } = draftOrderUpdate.draftOrder.cart;
  const method = shippingMethods.find(({ code }) => code === order.shippingMethodCode);
  await run(UPDATE, 'method', { id, shippingMethodId: method?.id });
}
