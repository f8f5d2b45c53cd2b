import {
  FulfillmentCancelDocument,
  FulfillmentCreateDocument,
  FulfillmentDeliverDocument,
  FulfillmentShipDocument,
  OrderCancelDocument,
  OrderNoteAddDocument,
  OrderNoteDeleteDocument,
  OrderUpdateDocument,
  PaymentCaptureDocument,
  PaymentRefundDocument,
  PaymentVoidDocument,
} from '@souk/sdk';
import { souk } from '../api/client.ts';
import { accepted } from '../api/refusal.ts';
import type { Money } from '../i18n/format.ts';
import type { ManagedOrder } from './use-order.ts';

/** An action of a staff member on an order, with its input. */
export type OrderAction =
  | { readonly kind: 'PACK' }
  | { readonly kind: 'SHIP'; readonly fulfillmentId: string; readonly carrier: string; readonly trackingNumber: string }
  | { readonly kind: 'DELIVER'; readonly fulfillmentId: string }
  | { readonly kind: 'UNPACK'; readonly fulfillmentId: string }
  | { readonly kind: 'CANCEL'; readonly reason: string }
  | { readonly kind: 'TAG'; readonly tags: readonly string[] }
  | { readonly kind: 'NOTE'; readonly text: string }
  | { readonly kind: 'DELETE_NOTE'; readonly noteId: string }
  | { readonly kind: 'CAPTURE'; readonly paymentId: string }
  | { readonly kind: 'VOID'; readonly paymentId: string }
  | { readonly kind: 'REFUND'; readonly paymentId: string; readonly amount: Money; readonly reason: string };

/**
 * Runs an action with the version of the order that the staff member saw.
 * @throws RefusalError when the server refuses, for instance because the order has a newer version
 */
export async function runOrderAction(action: OrderAction, seen: ManagedOrder, idempotencyKey: string): Promise<void> {
  const base = { idempotencyKey, expectedVersion: seen.version };
  switch (action.kind) {
    case 'PACK':
      accepted((await souk.run(FulfillmentCreateDocument, { input: { ...base, orderId: seen.id } })).fulfillmentCreate);
      return;
    case 'SHIP': {
      const { fulfillmentId, carrier, trackingNumber } = action;
      const input = { ...base, fulfillmentId, carrier: carrier || null, trackingNumber: trackingNumber || null };
      accepted((await souk.run(FulfillmentShipDocument, { input })).fulfillmentShip);
      return;
    }
    case 'DELIVER': {
      const input = { ...base, fulfillmentId: action.fulfillmentId };
      accepted((await souk.run(FulfillmentDeliverDocument, { input })).fulfillmentDeliver);
      return;
    }
    case 'UNPACK': {
      const input = { ...base, fulfillmentId: action.fulfillmentId };
      accepted((await souk.run(FulfillmentCancelDocument, { input })).fulfillmentCancel);
      return;
    }
    case 'CANCEL': {
      const input = { ...base, orderId: seen.id, reason: action.reason };
      accepted((await souk.run(OrderCancelDocument, { input })).orderCancel);
      return;
    }
    case 'CAPTURE':
    case 'VOID':
    case 'REFUND':
      await runPaymentAction(action, seen, idempotencyKey);
      return;
    case 'TAG':
    case 'NOTE':
    case 'DELETE_NOTE':
      await runAnnotation(action, seen, idempotencyKey);
  }
}

type Annotation = Extract<OrderAction, { readonly kind: 'TAG' | 'NOTE' | 'DELETE_NOTE' }>;

async function runAnnotation(action: Annotation, seen: ManagedOrder, idempotencyKey: string): Promise<void> {
  if (action.kind === 'TAG') {
    const input = { idempotencyKey, orderId: seen.id, expectedVersion: seen.version, tags: [...action.tags] };
    accepted((await souk.run(OrderUpdateDocument, { input })).orderUpdate);
  } else if (action.kind === 'NOTE') {
    const input = { idempotencyKey, orderId: seen.id, text: action.text };
    accepted((await souk.run(OrderNoteAddDocument, { input })).orderNoteAdd);
  } else {
    accepted(
      (await souk.run(OrderNoteDeleteDocument, { input: { idempotencyKey, noteId: action.noteId } })).orderNoteDelete,
    );
  }
}

type PaymentAction = Extract<OrderAction, { readonly paymentId: string }>;

async function runPaymentAction(action: PaymentAction, seen: ManagedOrder, idempotencyKey: string): Promise<void> {
  const { paymentId } = action;
  const version = seen.payments?.find(({ id }) => id === paymentId)?.version;
  const base = { idempotencyKey, paymentId, ...(version !== undefined && { expectedVersion: version }) };
  if (action.kind === 'CAPTURE') {
    accepted((await souk.run(PaymentCaptureDocument, { input: base })).paymentCapture);
  } else if (action.kind === 'VOID') {
    accepted((await souk.run(PaymentVoidDocument, { input: base })).paymentVoid);
  } else {
    const { amount, currencyCode } = action.amount;
    const input = { ...base, amount: { amount, currencyCode }, reason: action.reason };
    accepted((await souk.run(PaymentRefundDocument, { input })).paymentRefund);
  }
}

/** Predicts the order after an action. The page shows the predicted order until the server responds. */
export function predictOrder(order: ManagedOrder, action: OrderAction): ManagedOrder {
  switch (action.kind) {
    case 'SHIP': {
      const { carrier, trackingNumber } = action;
      return withParcel(order, action.fulfillmentId, { status: 'SHIPPED', carrier, trackingNumber });
    }
    case 'DELIVER':
      return withParcel(order, action.fulfillmentId, { status: 'DELIVERED' });
    case 'UNPACK':
      return withParcel(order, action.fulfillmentId, { status: 'CANCELED' });
    case 'CANCEL':
      return { ...order, status: 'CANCELED', cancelReason: action.reason };
    case 'TAG':
      return { ...order, tags: [...action.tags] };
    case 'DELETE_NOTE':
      return { ...order, notes: order.notes?.filter(({ id }) => id !== action.noteId) ?? null };
    case 'NOTE':
    case 'PACK':
    case 'CAPTURE':
    case 'VOID':
    case 'REFUND':
      return order; // The server chooses warehouses, amounts and ids, so the effect is unknown.
  }
}

function withParcel(
  order: ManagedOrder,
  id: string,
  change: Partial<ManagedOrder['fulfillments'][number]>,
): ManagedOrder {
  const fulfillments = order.fulfillments.map((each) => (each.id === id ? { ...each, ...change } : each));
  return { ...order, fulfillments };
}
