import type { PlaygroundVisit, VisitedPlayground } from '@souk/gateway';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { systemClock, type Clock } from '@souk/kit/domain';
import { runOperation } from '../load/run-operation.ts';
import { DEMO_TENANT, type DemoTenant } from '../shops/tenants.ts';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import { orderToShip, packedOrder, type OrderWithParcel } from './example-order.ts';
import { soukExamples } from './examples.ts';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { message } } }';

interface LoginAnswer {
  readonly login: { readonly accessToken: string | null };
}

/**
 * The time for which a cached token is given to further visitors, in milliseconds. A token is valid for 15 minutes, so
 * every visitor can use it for at least 10 minutes.
 */
const TOKEN_REUSED_MS = 5 * 60_000;

const GUEST_NOTICE =
  'You are a guest here. For the tabs of the staff, open the playground by the link that Souk printed in its terminal, or log in with the tab Login.';

/**
 * Prepares the playground with an order and a variant of the demo shop. The operator, who opens the link that the
 * server printed, also gets an owner's token and an order that can be shipped. Every other visitor is a guest. There
 * are no examples when no order has a parcel.
 */
export function playgroundStart(subgraphs: Subgraphs, key: string, clock: Clock = systemClock): VisitedPlayground {
  const { accounts, orders } = subgraphs;
  const { id: tenantId, owner, shopper } = DEMO_TENANT;
  const ctx = systemContext(tenantId, 'playground', 'playground-examples');
  const tokenOf = (input: DemoTenant['owner']) =>
    reused(clock, async () => {
      const { email, password } = input;
      const { login } = await runOperation<LoginAnswer>(accounts.schema, ctx, LOGIN, { input: { email, password } });
      return login.accessToken;
    });
  const staffToken = tokenOf(owner);
  const shopperToken = shopper ? tokenOf(shopper) : async () => null;
  const open = async ({ isOperator }: PlaygroundVisit) => {
    const notice = isOperator ? {} : { notice: GUEST_NOTICE };
    const found = await exampleOrder(subgraphs, ctx, isOperator);
    const orderAccessToken = found && (await orders.services.orderAccessToken(ctx, found.orderId));
    if (!found || orderAccessToken === null) return { tabs: [], ...notice };
    const { orderId: id, fulfillmentId, variantId } = found;
    const order = { id, accessToken: orderAccessToken, fulfillmentId };
    const staff = isOperator ? { ...owner, accessToken: await staffToken() } : null;
    const customerToken = isOperator ? await shopperToken() : null;
    return { ...soukExamples({ tenantId, staff, customerToken, variantId, order }), ...notice };
  };
  return { key, open };
}

/**
 * Returns an order for the examples. Only the operator's visit may place an order. When that fails, an existing order
 * is used and the page still loads.
 */
async function exampleOrder(
  subgraphs: Subgraphs,
  ctx: RequestContext,
  isOperator: boolean,
): Promise<OrderWithParcel | null> {
  const toShip = isOperator ? await orderToShip(subgraphs, ctx).catch(() => null) : null;
  return toShip ?? packedOrder(subgraphs, ctx);
}

/** Caches a token for `TOKEN_REUSED_MS`. A failed login is not cached. */
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
