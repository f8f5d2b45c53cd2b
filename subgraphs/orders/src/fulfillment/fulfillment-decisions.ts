import { canTransition, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { decide, entry, type Decision, type HistoryEntry, type Order, type OrderEventType } from '../order/order.ts';
import { deriveStatuses } from '../order/order-status.ts';
import { FULFILLMENT_TRANSITIONS, type FulfillmentStatus } from './fulfillment.machine.ts';
import type { Fulfillment, LineQuantity } from './fulfillment.ts';
import { isTrackingUrl } from './tracking-url.ts';
import { splitByWarehouse, type SplitFailure } from './warehouse-split.ts';

export type FulfillmentFailure = SplitFailure | Failure<'FULFILLMENT_STATE_INVALID' | 'INVALID_INPUT'>;

export interface FulfillmentDecision extends Decision {
  readonly fulfillments: readonly Fulfillment[];
}

/**
 * Creates one fulfillment per warehouse for the requested units, by default for all open units. `newId` creates the id of each fulfillment.
 */
export function createFulfillments(
  order: Order,
  requested: readonly LineQuantity[] | null,
  now: Date,
  newId: () => string,
): Result<FulfillmentDecision, FulfillmentFailure> {
  const { status } = deriveStatuses(order);
  if (status === 'CANCELED' || status === 'PLACED')
    return err(
      failure(
        'FULFILLMENT_STATE_INVALID',
        `An order with the status ${status} cannot be fulfilled: wait until it is CONFIRMED`,
        ['orderId'],
      ),
    );
  const split = splitByWarehouse(order.lines, order.fulfillments, requested);
  if (!split.ok) return split;
  const created = split.value.map((share) => pending(newId(), share, now));
  const after = { ...order, fulfillments: [...order.fulfillments, ...created] };
  const entries = created.map(() => entry('FULFILLMENT_CREATED', now));
  return ok({ ...decide(order, after, entries, now), fulfillments: created });
}

function pending(
  id: string,
  share: { readonly warehouseId: string; readonly lines: readonly LineQuantity[] },
  now: Date,
): Fulfillment {
  const nothingYet = {
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    shippedAt: null,
    deliveredAt: null,
    canceledAt: null,
  };
  return { id, ...share, status: 'PENDING', createdAt: now, ...nothingYet };
}

/** The carrier, the tracking number and the tracking page of a parcel. */
export interface Shipment {
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
}

/** Marks a pending fulfillment as shipped. Fails in another status, and for an unsafe tracking URL. */
export function shipFulfillment(order: Order, id: string, shipment: Shipment, now: Date) {
  const refused = refusalOfShipment(shipment);
  if (refused) return err(refused);
  const message = trackingText(shipment);
  return move(order, id, { to: 'SHIPPED', type: 'SHIPPED', message, facts: { ...shipment, shippedAt: now } }, now);
}

/** Replaces the carrier, the tracking number and the tracking page of a shipped parcel, for instance after a typing mistake. */
export function setTracking(
  order: Order,
  id: string,
  shipment: Shipment,
  now: Date,
): Result<FulfillmentDecision, FulfillmentFailure> {
  const refused = refusalOfShipment(shipment);
  if (refused) return err(refused);
  const current = order.fulfillments.find((each) => each.id === id);
  if (!current) return err(failure('NOT_FOUND', 'There is no such fulfillment', ['fulfillmentId']));
  if (current.status !== 'SHIPPED' && current.status !== 'DELIVERED')
    return err(
      failure(
        'FULFILLMENT_STATE_INVALID',
        `A fulfillment with the status ${current.status} has no tracking: ship it first`,
        ['fulfillmentId'],
      ),
    );
  return ok(replaced(order, { ...current, ...shipment }, entry('TRACKING_CHANGED', now, trackingText(shipment)), now));
}

function trackingText({ carrier, trackingNumber }: Shipment): string | null {
  return [carrier, trackingNumber].filter(Boolean).join(' ') || null;
}

function refusalOfShipment({ trackingUrl }: Shipment): Failure<'INVALID_INPUT'> | null {
  if (trackingUrl === null || isTrackingUrl(trackingUrl)) return null;
  const message = 'trackingUrl takes an https address without a login, such as "https://carrier.example/parcels/1"';
  return failure('INVALID_INPUT', message, ['trackingUrl']);
}

/** Marks a shipped fulfillment as delivered. Fails in another status. */
export function deliverFulfillment(order: Order, id: string, now: Date) {
  return move(order, id, { to: 'DELIVERED', type: 'DELIVERED', message: null, facts: { deliveredAt: now } }, now);
}

/** Cancels a fulfillment that has not shipped. Its units are open again and can be packed in another fulfillment. */
export function cancelFulfillment(order: Order, id: string, now: Date) {
  const facts = { canceledAt: now };
  return move(order, id, { to: 'CANCELED', type: 'FULFILLMENT_CANCELED', message: null, facts }, now);
}

interface Move {
  readonly to: FulfillmentStatus;
  readonly type: OrderEventType;
  readonly message: string | null;
  readonly facts: Partial<Fulfillment>;
}

function move(
  order: Order,
  id: string,
  { to, type, message, facts }: Move,
  now: Date,
): Result<FulfillmentDecision, FulfillmentFailure> {
  const current = order.fulfillments.find((each) => each.id === id);
  if (!current) return err(failure('NOT_FOUND', 'There is no such fulfillment', ['fulfillmentId']));
  if (!canTransition(FULFILLMENT_TRANSITIONS, current.status, to))
    return err(
      failure('FULFILLMENT_STATE_INVALID', `A fulfillment with the status ${current.status} cannot become ${to}`, [
        'fulfillmentId',
      ]),
    );
  return ok(replaced(order, { ...current, ...facts, status: to }, entry(type, now, message), now));
}

function replaced(order: Order, changed: Fulfillment, added: HistoryEntry, now: Date): FulfillmentDecision {
  const fulfillments = order.fulfillments.map((each) => (each.id === changed.id ? changed : each));
  return { ...decide(order, { ...order, fulfillments }, [added], now), fulfillments: [changed] };
}
