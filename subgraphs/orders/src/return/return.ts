import { canTransition, err, failure, ok, type Failure, type Money, type Result } from '@souk/kit/domain';
import { unitsByLine, type LineQuantity } from '../fulfillment/fulfillment.ts';
import { decide, entry, type Decision, type Order, type OrderEventType } from '../order/order.ts';
import { RETURN_TRANSITIONS, type ReturnStatus } from './return.machine.ts';
import type { ReturnPolicy } from './return.policy.ts';

export const RETURN_REASONS = [
  'DEFECTIVE',
  'DAMAGED_IN_TRANSIT',
  'WRONG_ITEM',
  'NOT_AS_DESCRIBED',
  'DOES_NOT_FIT',
  'ARRIVED_TOO_LATE',
  'CHANGED_MIND',
  'OTHER',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** The units of an order line in a return. */
export interface ReturnLine extends LineQuantity {
  readonly id: string;
  readonly reason: ReturnReason;
  readonly note: string | null;
  /** The number of units that arrived, at most `quantity`. */
  readonly receivedQuantity: number;
  /** The number of received units that can be sold again. */
  readonly restockedQuantity: number;
}

/** A buyer's return of units of one order. */
export interface Return {
  readonly id: string;
  readonly orderId: string;
  readonly number: string;
  readonly status: ReturnStatus;
  readonly lines: readonly ReturnLine[];
  readonly note: string | null;
  readonly rejectionReason: string | null;
  readonly requestedAt: Date;
  readonly receivedAt: Date | null;
  /** The agreed refund. Null until the returned units are received. */
  readonly refund: Money | null;
  readonly version: number;
}

/** A changed return, with the entry for the history of its order. */
export interface ReturnDecision extends Decision {
  readonly return: Return;
}

export type ReturnFailure = Failure<
  'NOT_FOUND' | 'RETURN_NOT_ALLOWED' | 'RETURN_QUANTITY_EXCEEDED' | 'RETURN_STATE_INVALID'
>;

const MAX_RETURNS_PER_ORDER = 50;

/** The units of an order line to return, with the buyer's reason. */
export interface RequestedUnits extends LineQuantity {
  readonly reason: ReturnReason;
  readonly note?: string | null;
}

/** The lines of an order that a buyer or staff want to return. */
export interface ReturnRequest {
  readonly lines: readonly RequestedUnits[];
  readonly note?: string | null;
}

/**
 * Requests a return of shipped units.
 * @param known the earlier returns of the order
 * @param policy null for staff, who may record a return of any shipped units
 */
export function requestReturn(
  order: Order,
  known: readonly Return[],
  request: ReturnRequest,
  policy: ReturnPolicy | null,
  now: Date,
  newId: () => string,
): Result<ReturnDecision, ReturnFailure> {
  if (known.length >= MAX_RETURNS_PER_ORDER)
    return err(notAllowed(`An order has at most ${MAX_RETURNS_PER_ORDER} returns`));
  const left = returnableUnits(order, known);
  for (const [index, { orderLineId, quantity }] of request.lines.entries()) {
    const units = left.get(orderLineId);
    if (units === undefined)
      return err(failure('NOT_FOUND', 'The order has no such line', ['lines', String(index), 'orderLineId']));
    if (quantity > units) return err(exceeded(units, index));
    left.set(orderLineId, units - quantity);
  }
  const refusal = policy?.refusalOf({ deliveredAt: lastDelivery(order, request.lines) }, now) ?? null;
  if (refusal !== null) return err(notAllowed(refusal));
  const requested: Return = {
    id: newId(),
    orderId: order.id,
    number: `${order.number}-R${known.length + 1}`,
    status: 'REQUESTED',
    lines: merged(request.lines).map((line) => newLine(newId(), line)),
    note: request.note ?? null,
    rejectionReason: null,
    requestedAt: now,
    receivedAt: null,
    refund: null,
    version: 1,
  };
  return ok(withEntry(order, requested, 'RETURN_REQUESTED', null, now));
}

/** Approves a requested return. Fails in another status. */
export function approveReturn(order: Order, current: Return, now: Date) {
  return moved(order, current, { to: 'APPROVED', type: 'RETURN_APPROVED', facts: {}, reason: null }, now);
}

/** Rejects a return, with a reason that the buyer sees. Fails when the lifecycle does not allow it. */
export function rejectReturn(order: Order, current: Return, reason: string, now: Date) {
  const facts = { rejectionReason: reason };
  return moved(order, current, { to: 'REJECTED', type: 'RETURN_REJECTED', facts, reason }, now);
}

/** Cancels a return whose units will not arrive. */
export function cancelReturn(order: Order, current: Return, now: Date) {
  return moved(order, current, { to: 'CANCELED', type: 'RETURN_CANCELED', facts: {}, reason: null }, now);
}

interface Move {
  readonly to: ReturnStatus;
  readonly type: OrderEventType;
  readonly facts: Partial<Return>;
  readonly reason: string | null;
}

function moved(
  order: Order,
  current: Return,
  { to, type, facts, reason }: Move,
  now: Date,
): Result<ReturnDecision, ReturnFailure> {
  const refused = refusalOfMove(current, to);
  return refused ? err(refused) : ok(withEntry(order, { ...current, ...facts, status: to }, type, reason, now));
}

/** The failure of a status change that the lifecycle does not allow. Null when the change is allowed. */
export function refusalOfMove({ status }: Return, to: ReturnStatus): Failure<'RETURN_STATE_INVALID'> | null {
  if (canTransition(RETURN_TRANSITIONS, status, to)) return null;
  return failure('RETURN_STATE_INVALID', `A return with the status ${status} cannot become ${to}`, ['returnId']);
}

function withEntry(
  order: Order,
  changed: Return,
  type: OrderEventType,
  reason: string | null,
  now: Date,
): ReturnDecision {
  const message = reason === null ? changed.number : `${changed.number}: ${reason}`;
  // `saveOrder` writes nothing when the order object is unchanged. The copy makes it write the history entry and publish the event.
  return { ...decide(order, { ...order }, [entry(type, now, message)], now), return: changed };
}

/**
 * The number of shipped units that are not in a return, by order line. Units of a received return that did not arrive can be returned
 * again.
 */
export function returnableUnits(order: Order, returns: readonly Return[]): Map<string, number> {
  const sent = unitsByLine(order.fulfillments, ['SHIPPED', 'DELIVERED']);
  const left = new Map(order.lines.map(({ id }) => [id, sent.get(id) ?? 0]));
  for (const { status, lines } of returns)
    for (const { orderLineId, quantity, receivedQuantity } of lines)
      left.set(orderLineId, (left.get(orderLineId) ?? 0) - unitsTaken(status, quantity, receivedQuantity));
  return left;
}

function unitsTaken(status: ReturnStatus, quantity: number, received: number): number {
  if (status === 'RECEIVED') return received;
  return status === 'REQUESTED' || status === 'APPROVED' ? quantity : 0;
}

function lastDelivery({ fulfillments }: Order, lines: readonly LineQuantity[]): Date | null {
  const wanted = new Set(lines.map(({ orderLineId }) => orderLineId));
  const parcels = fulfillments.filter(
    ({ status, lines: units }) =>
      (status === 'SHIPPED' || status === 'DELIVERED') && units.some(({ orderLineId }) => wanted.has(orderLineId)),
  );
  const dates = parcels.flatMap(({ deliveredAt }) => (deliveredAt === null ? [] : [deliveredAt.getTime()]));
  return dates.length === parcels.length && dates.length > 0 ? new Date(Math.max(...dates)) : null;
}

function newLine(id: string, { orderLineId, quantity, reason, note = null }: RequestedUnits): ReturnLine {
  return { id, orderLineId, quantity, reason, note, receivedQuantity: 0, restockedQuantity: 0 };
}

/** Merges requested lines with the same order line. The quantities are added, and the reason of the first line is kept. */
function merged(lines: readonly RequestedUnits[]): readonly RequestedUnits[] {
  const byLine = Map.groupBy(lines, ({ orderLineId }) => orderLineId);
  return [...byLine.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, quantity: others.reduce((units, { quantity }) => units + quantity, first.quantity) }] : [],
  );
}

function notAllowed(message: string): Failure<'RETURN_NOT_ALLOWED'> {
  return failure('RETURN_NOT_ALLOWED', message, ['orderId']);
}

function exceeded(units: number, index: number): Failure<'RETURN_QUANTITY_EXCEEDED'> {
  const message =
    units > 0
      ? `Only ${units} units of this line can be returned`
      : 'No unit of this line can be returned: units must be shipped, and not be in another return';
  return failure('RETURN_QUANTITY_EXCEEDED', message, ['lines', String(index), 'quantity']);
}
