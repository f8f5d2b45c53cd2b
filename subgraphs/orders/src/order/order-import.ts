import { ok, sum, subtract, add, lineTotal, type Failure, type Money, type Result } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import type { Address } from '@souk/kit/postal';
import type { VariantOption } from '../cart/cart.ts';
import {
  createFulfillments,
  deliverFulfillment,
  shipFulfillment,
  type FulfillmentDecision,
} from '../fulfillment/fulfillment-decisions.ts';
import { taxWithin } from '../tax/tax.ts';
import type { OrderAgreement } from './order-agreement.ts';
import { cancelOrder } from './order-cancellation.ts';
import { applyPayment, commitStock, followedBy, linkCustomer, placeOrder, type Decision } from './order.ts';

/** A line of an imported order. Its amounts are computed from price, quantity and tax. */
export interface ImportedLine {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly options: readonly VariantOption[];
  readonly quantity: number;
  /** The price of one unit including tax, with up to six decimal places. */
  readonly unitPrice: string;
}

/** An order that was placed in the past, in this or in another system. Its dates must be in chronological order. */
export interface ImportedOrder {
  /** A reference that is unique in the tenant. A second import with the same reference changes nothing. */
  readonly externalReference: string;
  /** The id of the order. Pass it when a payment must refer to the order. @default a new UUID */
  readonly id?: string;
  readonly placedAt: Date;
  readonly email: string;
  readonly customerId?: string;
  readonly locale: string;
  /** The currency (ISO 4217). */
  readonly currency: string;
  readonly lines: readonly [ImportedLine, ...ImportedLine[]];
  readonly taxBasisPoints: number;
  readonly shipping: Money;
  readonly shippingMethodName: string;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address;
  /** The warehouse that sent the order, or that would have sent it. */
  readonly warehouseId: string;
  /** The facts of the payment. @default no payment */
  readonly payment?: PaymentFacts;
  readonly shipment?: {
    readonly carrier: string | null;
    readonly trackingNumber: string | null;
    readonly shippedAt: Date;
    readonly deliveredAt?: Date;
  };
  /**
   * The cancellation of the order. An order with a shipment cannot have a cancellation. The import does not return stock or money, because
   * they were returned in the past.
   */
  readonly cancellation?: { readonly at: Date; readonly reason: string };
}

/** The agreement of an imported order. `newId` creates the id of each line. */
export function agreementOfImport(imported: ImportedOrder, newId: () => string): OrderAgreement {
  const { currency, taxBasisPoints, shipping } = imported;
  const lines = imported.lines.map((line) => {
    const total = lineTotal(line.unitPrice, line.quantity, currency);
    return { ...line, id: newId(), total, tax: taxWithin(total, taxBasisPoints), taxBasisPoints };
  });
  const subtotal = sum(
    lines.map(({ total }) => total),
    currency,
  );
  const tax = sum([...lines.map((line) => line.tax), taxWithin(shipping, taxBasisPoints)], currency);
  const totals = { subtotal, discount: subtract(subtotal, subtotal), shipping, tax, total: add(subtotal, shipping) };
  const { email, locale, shippingAddress, billingAddress = null, shippingMethodName } = imported;
  return { email, locale, currency, lines, totals, shippingAddress, billingAddress, shippingMethodName };
}

/** The history of an imported order. The same functions compute it as for other orders, but they are called with the past dates. */
export function historyOfImport(
  ids: { readonly id: string; readonly number: string },
  imported: ImportedOrder,
  agreement: OrderAgreement,
  newId: () => string,
): Result<Decision, Failure> {
  const { placedAt, warehouseId, payment = null, customerId, shipment, cancellation } = imported;
  const allocations = new Map(agreement.lines.map(({ id, quantity }) => [id, [{ warehouseId, quantity }]]));
  const paidAt = cancellation?.at ?? placedAt; // the payment facts are final: the money was already returned
  const pay = (decision: Decision) =>
    payment ? followedBy(decision, (order) => applyPayment(order, payment, paidAt)) : decision;
  const placed = placeOrder(ids, agreement, allocations, null, placedAt);
  const known = customerId ? followedBy(placed, (order) => linkCustomer(order, customerId, placedAt)) : placed;
  const confirm = (decision: Decision) => followedBy(decision, (order) => commitStock(order, placedAt));
  if (cancellation) {
    const canceled = andThen(confirm(known), (order) => cancelOrder(order, cancellation.reason, cancellation.at));
    return canceled.ok ? ok(pay(canceled.value)) : canceled;
  }
  return shipment ? shipped(confirm(pay(known)), shipment, newId) : ok(confirm(pay(known)));
}

function shipped(
  confirmed: Decision,
  { shippedAt, deliveredAt, ...parcel }: NonNullable<ImportedOrder['shipment']>,
  newId: () => string,
): Result<Decision, Failure> {
  const packed = andThen(confirmed, (order) => createFulfillments(order, null, shippedAt, newId));
  if (!packed.ok) return packed;
  const [fulfillment] = packed.value.order.fulfillments;
  const id = fulfillment?.id ?? '';
  const sent = andThen(packed.value, (order) =>
    shipFulfillment(order, id, { ...parcel, trackingUrl: null }, shippedAt),
  );
  if (!sent.ok || !deliveredAt) return sent;
  return andThen(sent.value, (order) => deliverFulfillment(order, id, deliveredAt));
}

function andThen(
  before: Decision,
  next: (order: Decision['order']) => Result<Decision | FulfillmentDecision, Failure>,
): Result<Decision, Failure> {
  const decided = next(before.order);
  if (!decided.ok) return decided;
  return ok(followedBy(before, () => decided.value));
}
