import {
  ReturnApproveDocument,
  ReturnListDocument,
  ReturnReceiveDocument,
  ReturnRejectDocument,
  ReturnRequestDocument,
  type ReturnListQuery,
  type ReturnReason,
} from '@souk/sdk';
import { souk } from '../../api/client.ts';
import { newIdempotencyKey } from '../../api/idempotency-key.ts';
import { accepted } from '../../api/refusal.ts';
import { orderKey } from '../use-order.ts';

/** A return as lists and orders show it. */
export type ListedReturn = NonNullable<ReturnListQuery['returns']>['nodes'][number];

/**
 * The cache key of an order's returns. It starts with the order's key, so invalidating the order also refreshes its
 * returns.
 */
export const orderReturnsKey = (orderId: string) => [...orderKey(orderId), 'returns'] as const;

const MAX_RETURNS_PER_ORDER = 50;

/** Reads the returns of an order, newest first. */
export async function readOrderReturns(orderId: string, signal: AbortSignal): Promise<readonly ListedReturn[]> {
  const variables = { filter: { orderId }, first: MAX_RETURNS_PER_ORDER };
  const { returns } = await souk.run(ReturnListDocument, variables, { signal });
  return returns?.nodes ?? [];
}

/** The units of a line that arrived in a return. */
export interface Arrival {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly restock: boolean;
}

/** A decision of a staff member about a return. */
export type ReturnAction =
  | { readonly kind: 'APPROVE' }
  | { readonly kind: 'REJECT'; readonly reason: string }
  /** `refundAmount` is null when the refund is the exact share of the price. */
  | { readonly kind: 'RECEIVE'; readonly lines: readonly Arrival[]; readonly refundAmount: string | null };

/**
 * Runs an action with the version of the return that the staff member saw.
 * @throws RefusalError when the server refuses, for instance because the return has a newer version
 */
export async function runReturnAction({ id, version }: ListedReturn, action: ReturnAction): Promise<void> {
  const base = { idempotencyKey: newIdempotencyKey(), returnId: id, expectedVersion: version };
  if (action.kind === 'APPROVE') {
    accepted((await souk.run(ReturnApproveDocument, { input: base })).returnApprove);
  } else if (action.kind === 'REJECT') {
    accepted((await souk.run(ReturnRejectDocument, { input: { ...base, reason: action.reason } })).returnReject);
  } else {
    const input = { ...base, lines: [...action.lines], refundAmount: action.refundAmount };
    accepted((await souk.run(ReturnReceiveDocument, { input })).returnReceive);
  }
}

/** The lines and units of a new return. */
export interface NewReturn {
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number; readonly reason: ReturnReason }[];
  readonly note: string | null;
}

/** Records a return that the buyer requested by phone or mail. @throws RefusalError when the server refuses */
export async function recordReturn(orderId: string, { lines, note }: NewReturn): Promise<void> {
  const input = { idempotencyKey: newIdempotencyKey(), orderId, lines: [...lines], note };
  accepted((await souk.run(ReturnRequestDocument, { input })).returnRequest);
}
