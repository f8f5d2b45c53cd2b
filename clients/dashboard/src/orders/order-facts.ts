import type { MessageKey } from '../i18n/en.ts';
import type { Money } from '../i18n/format.ts';

/** The parts of an order that are compared after a version conflict. */
export interface ComparedOrder {
  readonly status: string;
  readonly paymentStatus: string;
  readonly fulfillmentStatus: string;
  readonly openQuantity: number;
  readonly fulfillments: readonly { readonly status: string }[];
  readonly payments: readonly { readonly refundedAmount: Money; readonly capturedAmount: Money }[] | null;
}

/** One difference: what the staff member saw, and what is true now. */
export interface FactChange {
  readonly label: MessageKey;
  readonly seen: string;
  readonly now: string;
}

/** Functions that translate and format the compared values. */
export interface FactWords {
  readonly t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly money: (money: Money) => string;
}

/** Lists the differences between two versions of an order. */
export function changedFacts(seen: ComparedOrder, now: ComparedOrder, words: FactWords): readonly FactChange[] {
  const after = factsOf(now, words);
  return factsOf(seen, words)
    .map(([label, text], index) => ({ label, seen: text, now: after[index]?.[1] ?? '' }))
    .filter((row) => row.seen !== row.now);
}

function factsOf(order: ComparedOrder, { t, money }: FactWords): readonly (readonly [MessageKey, string])[] {
  const payments = order.payments ?? [];
  return [
    ['orders.column.status', t(`order.status.${order.status}` as MessageKey)],
    ['orders.column.payment', t(`order.paymentStatus.${order.paymentStatus}` as MessageKey)],
    ['orders.column.fulfillment', t(`order.fulfillmentStatus.${order.fulfillmentStatus}` as MessageKey)],
    [
      'order.parcels',
      order.fulfillments.map(({ status }) => t(`fulfillment.status.${status}` as MessageKey)).join(', ') || '–',
    ],
    ['order.payment.captured', payments.map(({ capturedAmount }) => money(capturedAmount)).join(', ') || '–'],
    ['order.payment.refunded', payments.map(({ refundedAmount }) => money(refundedAmount)).join(', ') || '–'],
  ];
}
