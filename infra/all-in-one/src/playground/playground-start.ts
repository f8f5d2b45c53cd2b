import type { PlaygroundOptions, PlaygroundVisit } from '@souk/gateway';
import { systemContext } from '@souk/kit/context';
import { systemClock, type Clock } from '@souk/kit/domain';
import { runOperation } from '../demo/load/run-operation.ts';
import { DEMO_TENANT } from '../demo/tenants.ts';
import type { Subgraphs } from '../subgraphs.ts';
import { soukExamples } from './examples.ts';

const NEWEST_ORDERS = `{
  orders(first: 50) { nodes { id fulfillments { id status } lines { variant { id } } } }
}`;

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { message } } }';

interface LoginAnswer {
  readonly login: { readonly accessToken: string | null };
}

interface Order {
  readonly id: string;
  readonly fulfillments: readonly { readonly id: string; readonly status: string }[];
  readonly lines: readonly { readonly variant: { readonly id: string } | null }[];
}

/** Of the 15 minutes that it lasts: who opens the playground has at least ten of them. */
const TOKEN_REUSED_MS = 5 * 60_000;

/**
 * What the playground opens with: an order and a variant of the demo shop filled in. Who opens it on this machine, where the demo's
 * password was printed, has a token of its owner too; everybody else signs in. No examples when nothing was ever packed there.
 */
export function playgroundStart(
  { accounts, orders }: Subgraphs,
  clock: Clock = systemClock,
): (visit: PlaygroundVisit) => Promise<PlaygroundOptions> {
  const { id: tenantId, owner } = DEMO_TENANT;
  const ctx = systemContext(tenantId, 'playground', 'playground-examples');
  const accessToken = reused(clock, async () => {
    const { login } = await runOperation<LoginAnswer>(accounts.schema, ctx, LOGIN, { input: owner });
    return login.accessToken;
  });
  return async ({ isLocal }) => {
    const newest = await runOperation<{ orders: { nodes: Order[] } }>(orders.schema, ctx, NEWEST_ORDERS);
    const example = exampleOf(newest.orders.nodes);
    if (!example) return { tabs: [] };
    const { orderId: id, fulfillmentId, variantId } = example;
    const orderAccessToken = await orders.services.orderAccessToken(ctx, id);
    if (orderAccessToken === null) return { tabs: [] };
    const order = { id, accessToken: orderAccessToken, fulfillmentId };
    const staff = isLocal ? { ...owner, accessToken: await accessToken() } : null;
    return soukExamples({ tenantId, staff, variantId, order });
  };
}

/** Keeps what was made for some minutes. What was not made is asked for again. */
function reused(clock: Clock, make: () => Promise<string | null>): () => Promise<string | null> {
  let made: { readonly text: string; readonly atMs: number } | null = null;
  return async () => {
    const nowMs = clock.now().getTime();
    if (made && nowMs - made.atMs < TOKEN_REUSED_MS) return made.text;
    const text = await make();
    made = text === null ? null : { text, atMs: nowMs };
    return text;
  };
}

function exampleOf(orders: readonly Order[]) {
  const parcels = orders.flatMap((order) => order.fulfillments.map((fulfillment) => ({ order, fulfillment })));
  // Once all were sent, an order that was sent still shows what it can: its buyer may watch it.
  const parcel = parcels.find(({ fulfillment }) => fulfillment.status === 'PENDING') ?? parcels[0];
  const variantId = parcel?.order.lines[0]?.variant?.id;
  return parcel && variantId ? { orderId: parcel.order.id, fulfillmentId: parcel.fulfillment.id, variantId } : null;
}
