import { compareAmounts, subtractMoney, type Money } from '../i18n/format.ts';

/** The fields of an order that decide which actions are possible. */
export interface ActionableOrder {
  readonly status: string;
  readonly fulfillmentStatus: string;
  readonly openQuantity: number;
  readonly fulfillments: readonly { readonly id: string; readonly status: string }[];
}

/** The next action that the page offers for an order. */
export type NextStep =
  | { readonly kind: 'PACK' }
  | { readonly kind: 'SHIP'; readonly fulfillmentId: string }
  | { readonly kind: 'DELIVER'; readonly fulfillmentId: string };

/**
 * The next action on an order: ship packed units, otherwise pack open units, otherwise mark a shipped parcel as
 * delivered. Null when no action remains.
 */
export function nextStep({ status, openQuantity, fulfillments }: ActionableOrder): NextStep | null {
  const inStatus = (wanted: string) => fulfillments.find((each) => each.status === wanted);
  const packed = inStatus('PENDING');
  if (packed) return { kind: 'SHIP', fulfillmentId: packed.id };
  if (status === 'CONFIRMED' && openQuantity > 0) return { kind: 'PACK' };
  const shipped = inStatus('SHIPPED');
  return shipped ? { kind: 'DELIVER', fulfillmentId: shipped.id } : null;
}

/** Whether the whole order can be canceled. This is impossible when a unit is packed or shipped. */
export function canCancel({ status, fulfillmentStatus }: ActionableOrder): boolean {
  return (status === 'PLACED' || status === 'CONFIRMED') && fulfillmentStatus === 'UNFULFILLED';
}

export interface PaymentAmounts {
  readonly status: string;
  readonly authorizedAmount: Money;
  readonly capturedAmount: Money;
  readonly refundedAmount: Money;
}

/** The amount that can still be refunded. Null when nothing can be refunded. */
export function refundable({ capturedAmount, refundedAmount }: PaymentAmounts): Money | null {
  return compareAmounts(refundedAmount.amount, capturedAmount.amount) < 0
    ? subtractMoney(capturedAmount, refundedAmount)
    : null;
}

/** Whether a part of the authorized amount can still be captured. */
export function canCapture({ status, capturedAmount, authorizedAmount }: PaymentAmounts): boolean {
  const isOpen = status === 'AUTHORIZED' || status === 'CAPTURED';
  return isOpen && compareAmounts(capturedAmount.amount, authorizedAmount.amount) < 0;
}

/** Whether the payment can be voided. This is impossible when a part of it was captured. */
export function canVoid({ status, capturedAmount }: PaymentAmounts): boolean {
  return (status === 'PENDING' || status === 'AUTHORIZED') && compareAmounts(capturedAmount.amount, '0') === 0;
}

/** The units of each line in parcels that are not canceled, by line id. */
export function packedQuantities(
  fulfillments: readonly {
    readonly status: string;
    readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[];
  }[],
): ReadonlyMap<string, number> {
  const packed = new Map<string, number>();
  for (const { status, lines } of fulfillments) {
    if (status === 'CANCELED') continue;
    for (const { orderLineId, quantity } of lines) packed.set(orderLineId, (packed.get(orderLineId) ?? 0) + quantity);
  }
  return packed;
}
