import { setTimeout as after } from 'node:timers/promises';
import type { RequestContext } from '@souk/kit/context';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { DemoOrder, DemoOrderLine, DemoOrderStep } from '../shops/demo.types.ts';
import { variantOf, type ShopDirectory } from './shop-directory.ts';
import { RefusedOperationError, runOperation } from './run-operation.ts';

interface Placed {
  readonly id: string;
  readonly lines: readonly { readonly id: string; readonly sku: string }[];
}

const CART_CREATE = `mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code message field } } }`;
const ADDRESS_SET = `mutation ($input: CartAddressSetInput!) {
  cartAddressSet(input: $input) { cart { shippingMethods { id code } } userErrors { code message field } }
}`;
const TAX_ID_SET = `mutation ($input: CartTaxIdSetInput!) { cartTaxIdSet(input: $input) { userErrors { code message field } } }`;
const REMARKS_SET = `mutation ($input: CartRemarksSetInput!) { cartRemarksSet(input: $input) { userErrors { code message field } } }`;
const ORDER_UPDATE = `mutation ($input: OrderUpdateInput!) { orderUpdate(input: $input) { userErrors { code message field } } }`;
const NOTE_ADD = `mutation ($input: OrderNoteAddInput!) { orderNoteAdd(input: $input) { userErrors { code message field } } }`;
const METHOD_SET = `mutation ($input: CartShippingMethodSetInput!) {
  cartShippingMethodSet(input: $input) { userErrors { code message field } }
}`;
const CHECKOUT = `mutation ($input: CheckoutCompleteInput!) {
  checkoutComplete(input: $input) { order { id lines { id sku } } userErrors { code message field } }
}`;
const STATUS = `query ($id: ID!) { order(id: $id) { status } }`;
const FULFILL = `mutation ($input: FulfillmentCreateInput!) {
  fulfillmentCreate(input: $input) { fulfillments { id } userErrors { code message field } }
}`;
const SHIP = `mutation ($input: FulfillmentShipInput!) { fulfillmentShip(input: $input) { userErrors { code message field } } }`;
const RETURN = `mutation ($input: ReturnRequestInput!) { returnRequest(input: $input) { userErrors { code message field } } }`;
/**
 * The maximum time for a checkout, in milliseconds. On a busy machine, a command may time out, and the recovery job of
 * orders finishes the checkout later.
 */
const DONE_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 200;
/** Error codes after which the same request is sent again. */
const BUSY: ReadonlySet<string> = new Set(['SERVICE_UNAVAILABLE', 'CHECKOUT_IN_PROGRESS']);
const DELIVER = `mutation ($input: FulfillmentDeliverInput!) { fulfillmentDeliver(input: $input) { userErrors { code message field } } }`;

/**
 * Places an order through the checkout, and runs its warehouse steps. A second call returns the same order, because the
 * idempotency keys are the same.
 */
export async function placeOrder(
  subgraphs: Subgraphs,
  ctx: RequestContext,
  order: DemoOrder,
  directory: ShopDirectory,
): Promise<void> {
  const { schema } = subgraphs.orders;
  const run = <Data>(source: string, key: string, input: object) =>
    runOperation<Data>(schema, ctx, source, { input: { ...input, idempotencyKey: `${order.reference}-${key}` } });

  const lines = order.lines.map(({ sku, quantity }) => ({ variantId: variantOf(directory, sku).id, quantity }));
  const { cartCreate } = await run<{ cartCreate: { cart: { id: string } } }>(CART_CREATE, 'cart', {
    lines,
    currencyCode: order.currencyCode,
  });
  const cartId = cartCreate.cart.id;
  const { cartAddressSet } = await run<{
    cartAddressSet: { cart: { shippingMethods: { id: string; code: string }[] } };
  }>(ADDRESS_SET, 'address', { cartId, email: order.email, shippingAddress: order.shippingAddress });
  if (order.taxId !== undefined) await run(TAX_ID_SET, 'tax-id', { cartId, taxId: order.taxId });
  const { purchaseOrderNumber } = order;
  if (purchaseOrderNumber !== undefined) await run(REMARKS_SET, 'remarks', { cartId, purchaseOrderNumber });
  const method = cartAddressSet.cart.shippingMethods.find(({ code }) => code === order.shippingMethodCode);
  await run(METHOD_SET, 'method', { cartId, shippingMethodId: method?.id });
  const payment = { provider: 'TEST', token: 'tok_visa' };
  const checkout = () => run<{ checkoutComplete: { order: Placed } }>(CHECKOUT, 'checkout', { cartId, payment });
  const { checkoutComplete } = await patiently(`The checkout of ${order.reference}`, () => unlessBusy(checkout));
  const { id } = checkoutComplete.order;
  await patiently(`The confirmation of ${order.reference}`, async () => {
    const { order: found } = await runOperation<{ order: { status: string } }>(schema, ctx, STATUS, { id });
    return found.status !== 'PLACED';
  });
  if (purchaseOrderNumber !== undefined) {
    await run(ORDER_UPDATE, 'tags', { orderId: id, tags: ['b2b', 'invoice by mail'] });
    await run(NOTE_ADD, 'note', {
      orderId: id,
      text: 'Their accounting needs the purchase order number on the invoice.',
    });
  }
  await fulfill(run, checkoutComplete.order, order.steps);
}

/** Runs the request. Returns null when the server is busy, and the caller must send the request again. */
async function unlessBusy<Data>(request: () => Promise<Data>): Promise<Data | null> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof RefusedOperationError && BUSY.has(error.code ?? '')) return null;
    throw error;
  }
}

/** Calls `look` until it returns something. @throws Error after `DONE_WITHIN_MS` */
async function patiently<Found>(what: string, look: () => Promise<Found>): Promise<NonNullable<Found>> {
  const deadline = performance.now() + DONE_WITHIN_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`${what} took more than ${DONE_WITHIN_MS / 1000} s`);
    await after(LOOK_EVERY_MS);
  }
}

type Run = <Data>(source: string, key: string, input: object) => Promise<Data>;

/** Packs, ships and delivers an order, whose payment the checkout has captured. */
async function fulfill(run: Run, placed: Placed, steps: readonly DemoOrderStep[]): Promise<void> {
  let parcels: readonly { readonly id: string }[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'fulfill') {
      const { fulfillmentCreate } = await run<{ fulfillmentCreate: { fulfillments: { id: string }[] } }>(
        FULFILL,
        `${index}`,
        {
          orderId: placed.id,
          ...(step.lines && { lines: linesOf(placed, step.lines) }),
        },
      );
      parcels = fulfillmentCreate.fulfillments;
    }
    for (const [place, { id: fulfillmentId }] of parcels.entries()) {
      if (step.kind === 'ship') {
        const { carrier, trackingNumber } = step;
        await run(SHIP, `${index}-${place}`, {
          fulfillmentId,
          carrier,
          trackingNumber: `${trackingNumber}-${place + 1}`,
        });
      }
      if (step.kind === 'deliver') await run(DELIVER, `${index}-${place}`, { fulfillmentId });
    }
    if (step.kind === 'return') {
      const { reason, note } = step;
      const lines = linesOf(placed, step.lines).map((line) => ({ ...line, reason, note }));
      await run(RETURN, `${index}`, { orderId: placed.id, lines });
    }
  }
}

function linesOf({ lines }: Placed, wanted: readonly DemoOrderLine[]) {
  return wanted.map(({ sku, quantity }) => ({ orderLineId: lines.find((line) => line.sku === sku)?.id, quantity }));
}
