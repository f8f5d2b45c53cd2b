import type { RequestContext } from '@souk/kit/context';
import { add, lineTotal, moneyFromDecimal, sum, type Money } from '@souk/kit/domain';
import type { OrdersServices } from '@souk/orders';
import {
  AuthorizePayment,
  CapturePayment,
  RefundPayment,
  VoidPayment,
  type PaymentFacts,
  type WaitingPayment,
} from '@souk/payments/contract';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { DemoOrder, DemoOrderLine, DemoOrderStep } from '../shops/demo.types.ts';
import { variantOf, type ShopDirectory } from './shop-directory.ts';
import { taxBasisPoints } from './load-shop-settings.ts';
import { stableId } from './stable-id.ts';

type ImportedOrder = Parameters<OrdersServices['importOrders']>[1][number];
type ImportedLine = ImportedOrder['lines'][number];

const HOUR_MS = 3_600_000;

/** The id of a past order, derived from its tenant and reference. */
export function pastOrderId({ tenantId }: RequestContext, { reference }: DemoOrder): string {
  return stableId(`${tenantId} ${reference}`);
}

/**
 * Creates a past order. Its payment uses the commands of the payments subgraph, which keeps the payment ledger correct.
 * Its history is imported.
 */
export async function importPastOrder(
  subgraphs: Subgraphs,
  ctx: RequestContext,
  order: DemoOrder,
  directory: ShopDirectory,
  now: Date,
): Promise<void> {
  const placedAt = new Date(now.getTime() - order.placedDaysAgo * 24 * HOUR_MS);
  const id = pastOrderId(ctx, order);
  const lines = order.lines.map((line) => importedLine(directory, order, line));
  const [first, ...others] = lines;
  if (!first)
    throw new Error(`The demo order ${order.reference} has no lines. Add one in infra/demo/src/shops/orders.ts.`);
  const shipping = shippingOf(directory, order, totalOf(lines, order));
  const payment = await pay(subgraphs, ctx, { id, order, directory, amount: add(totalOf(lines, order), shipping) });
  await subgraphs.orders.services.importOrders(ctx, [
    {
      id,
      externalReference: order.reference,
      placedAt,
      email: order.email,
      locale: 'en',
      currency: order.currencyCode,
      lines: [first, ...others],
      taxBasisPoints: taxBasisPoints(order.shippingAddress.countryCode),
      shipping,
      shippingMethodName: methodOf(directory, order).name,
      shippingAddress: { line2: null, region: null, phone: null, ...order.shippingAddress },
      warehouseId: directory.warehouseId,
      payment,
      ...historyOf(order.steps, placedAt),
    },
  ]);
}

function importedLine(directory: ShopDirectory, order: DemoOrder, { sku, quantity }: DemoOrderLine): ImportedLine {
  const { id, options, product } = variantOf(directory, sku);
  const unitPrice = priceOf(directory, order, sku);
  return { variantId: id, productId: product.id, sku, name: product.name, options, quantity, unitPrice };
}

function priceOf({ shop }: ShopDirectory, { currencyCode }: DemoOrder, sku: string): string {
  const variant = shop.products.flatMap(({ variants }) => variants).find((each) => each.sku === sku);
  if (!variant) throw new Error(`No product of the demo has the SKU "${sku}". Correct infra/demo/src/shops/orders.ts.`);
  return variant.prices[currencyCode];
}

function totalOf(
  lines: readonly { readonly unitPrice: string; readonly quantity: number }[],
  { currencyCode }: DemoOrder,
): Money {
  return sum(
    lines.map(({ unitPrice, quantity }) => lineTotal(unitPrice, quantity, currencyCode)),
    currencyCode,
  );
}

function methodOf({ shop }: ShopDirectory, { reference, shippingMethodCode }: DemoOrder) {
  const method = shop.shippingMethods.find(({ code }) => code === shippingMethodCode);
  if (!method)
    throw new Error(
      `The demo order ${reference} uses the unknown shipping method "${shippingMethodCode}". Correct infra/demo/src/shops/orders.ts.`,
    );
  return method;
}

function shippingOf(directory: ShopDirectory, order: DemoOrder, subtotal: Money): Money {
  const { currencyCode } = order;
  const reached = methodOf(directory, order).rates.filter(
    ({ fromOrderValue }) =>
      moneyFromDecimal(fromOrderValue[currencyCode], currencyCode).amountMinor <= subtotal.amountMinor,
  );
  return moneyFromDecimal(reached.at(-1)?.price[currencyCode] ?? '0', currencyCode);
}

interface Due {
  readonly id: string;
  readonly order: DemoOrder;
  readonly directory: ShopDirectory;
  readonly amount: Money;
}

/**
 * Sends the payment commands for the order's steps. All ids are derived from the order, so a repetition changes
 * nothing.
 */
async function pay(
  { commands }: Subgraphs,
  ctx: RequestContext,
  { id: orderId, order, directory, amount }: Due,
): Promise<PaymentFacts> {
  const paymentId = stableId(`payment of ${orderId}`);
  const authorized = await commands.send(ctx, AuthorizePayment, {
    paymentId,
    orderId,
    amount,
    provider: 'TEST',
    token: 'tok_visa',
  });
  // An interrupted load may already have voided the payment. The authorization of a voided payment fails.
  const wasVoided = !authorized.ok && order.outcome === 'canceled and voided';
  let facts = wasVoided ? await voidPayment(commands, ctx, { paymentId, orderId }) : factsOf(authorized, order);
  for (const step of order.steps) {
    if (step.kind === 'capture') {
      const captureId = stableId(`capture of ${orderId}`);
      facts = factsOf(await commands.send(ctx, CapturePayment, { paymentId, captureId }), order);
    }
    if (step.kind === 'cancel' && facts.captured.amountMinor === 0) {
      facts = await voidPayment(commands, ctx, { paymentId, orderId });
    } else if (step.kind === 'cancel' || step.kind === 'refund') {
      const refundId = stableId(`refund of ${orderId}`);
      const part = step.kind === 'refund' && {
        amount: totalOf(
          step.lines.map((line) => importedLine(directory, order, line)),
          order,
        ),
      };
      facts = factsOf(
        await commands.send(ctx, RefundPayment, { paymentId, refundId, reason: step.reason, ...part }),
        order,
      );
    }
  }
  return facts;
}

async function voidPayment(
  commands: Subgraphs['commands'],
  ctx: RequestContext,
  payment: { readonly paymentId: string; readonly orderId: string },
): Promise<PaymentFacts> {
  const reply = await commands.send(ctx, VoidPayment, payment);
  if (reply.ok && reply.value.facts) return reply.value.facts;
  throw new Error(`payments did not void the payment ${payment.paymentId} of the order ${payment.orderId}.`);
}

function factsOf(
  reply: { ok: true; value: PaymentFacts | WaitingPayment } | { ok: false; error: { code: string } },
  { reference }: DemoOrder,
): PaymentFacts {
  if (reply.ok && reply.value.status !== 'PENDING') return reply.value;
  const why = reply.ok ? 'it waits for its buyer' : reply.error.code;
  throw new Error(`payments refused the payment of the demo order ${reference}: ${why}`);
}

function historyOf(steps: readonly DemoOrderStep[], placedAt: Date): Pick<ImportedOrder, 'shipment' | 'cancellation'> {
  let at = placedAt;
  let shipped: { carrier: string; trackingNumber: string; shippedAt: Date } | null = null;
  for (const step of steps) {
    at = new Date(at.getTime() + step.hoursLater * HOUR_MS);
    if (step.kind === 'cancel') return { cancellation: { at, reason: step.reason } };
    if (step.kind === 'ship') shipped = { carrier: step.carrier, trackingNumber: step.trackingNumber, shippedAt: at };
    if (step.kind === 'deliver' && shipped) return { shipment: { ...shipped, deliveredAt: at } };
  }
  return shipped ? { shipment: shipped } : {};
}
