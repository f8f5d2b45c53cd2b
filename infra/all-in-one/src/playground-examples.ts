import { soukExamples, type PlaygroundOptions } from '@souk/gateway';
import { systemContext } from '@souk/kit/context';
import { runOperation } from './demo/load/run-operation.ts';
import { DEMO_TENANT } from './demo/tenants.ts';
import type { Subgraphs } from './subgraphs.ts';

const ORDERS = `{
  waiting: orders(first: 1, filter: { status: CONFIRMED, fulfillmentStatus: UNFULFILLED }) { ...Parts }
  newest: orders(first: 1) { ...Parts }
}
fragment Parts on OrderConnection { nodes { id lines { variant { id } } } }`;

interface Orders {
  readonly nodes: readonly { readonly id: string; readonly lines: readonly { variant: { id: string } | null }[] }[];
}

/** The playground's examples, with an order and a variant of the demo shop filled in; none when it has no order. */
export async function playgroundExamples({ orders }: Subgraphs): Promise<PlaygroundOptions> {
  const { id: tenantId, owner } = DEMO_TENANT;
  const ctx = systemContext(tenantId, 'playground', 'playground-examples');
  const { waiting, newest } = await runOperation<{ waiting: Orders; newest: Orders }>(orders.schema, ctx, ORDERS);
  const [order] = [...waiting.nodes, ...newest.nodes];
  if (!order) return { tabs: [] };
  return soukExamples({
    ...owner,
    variantId: order.lines[0]?.variant?.id ?? '',
    order: { id: order.id, accessToken: orders.services.orderAccessToken(ctx, order.id) },
  });
}
