import type { PlaygroundOptions } from '@souk/gateway';
import { systemContext } from '@souk/kit/context';
import { runOperation } from '../demo/load/run-operation.ts';
import { DEMO_TENANT } from '../demo/tenants.ts';
import type { Subgraphs } from '../subgraphs.ts';
import { soukExamples } from './examples.ts';

const NEWEST_ORDERS = `{
  orders(first: 50) { nodes { id fulfillments { id status } lines { variant { id } } } }
}`;

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { message } } }';

interface Order {
  readonly id: string;
  readonly fulfillments: readonly { readonly id: string; readonly status: string }[];
  readonly lines: readonly { readonly variant: { readonly id: string } | null }[];
}

/**
 * What the playground opens with now: an order and a variant of the demo shop filled in, and a token of its owner, whose password is
 * printed at every start anyway. No examples when nothing was ever packed there.
 */
export async function playgroundStart({ accounts, orders }: Subgraphs): Promise<PlaygroundOptions> {
  const { id: tenantId, owner } = DEMO_TENANT;
  const ctx = systemContext(tenantId, 'playground', 'playground-examples');
  const newest = await runOperation<{ orders: { nodes: Order[] } }>(orders.schema, ctx, NEWEST_ORDERS);
  const parcels = newest.orders.nodes.flatMap((order) =>
    order.fulfillments.map((fulfillment) => ({ order, fulfillment })),
  );
  // Once all were sent, an order that was sent still shows what it can: its buyer may watch it.
  const parcel = parcels.find(({ fulfillment }) => fulfillment.status === 'PENDING') ?? parcels[0];
  const variantId = parcel?.order.lines[0]?.variant?.id;
  if (!parcel || !variantId) return { tabs: [] };
  const { login } = await runOperation<{ login: { accessToken: string } }>(accounts.schema, ctx, LOGIN, {
    input: owner,
  });
  const { id } = parcel.order;
  const accessToken = orders.services.orderAccessToken(ctx, id);
  const order = { id, accessToken, fulfillmentId: parcel.fulfillment.id };
  return soukExamples({ tenantId, staffToken: login.accessToken, ...owner, variantId, order });
}
