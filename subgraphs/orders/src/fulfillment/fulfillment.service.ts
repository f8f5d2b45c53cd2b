import { randomUUID } from 'node:crypto';
import { hasScope, type RequestContext } from '@souk/kit/context';
import { err, expectVersion, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { lockOrder, saveOrder } from '../order/order.repository.ts';
import { orderNotFound } from '../order/order.errors.ts';
import type { Order } from '../order/order.ts';
import {
  cancelFulfillment,
  createFulfillments,
  deliverFulfillment,
  setTracking,
  shipFulfillment,
  type FulfillmentDecision,
  type Shipment,
} from './fulfillment-decisions.ts';
import type { Fulfillment, LineQuantity } from './fulfillment.ts';
import { findFulfillmentsById, findOrderIdOfFulfillment } from './fulfillment.repository.ts';

interface ChangeRequest extends MutationInput {
  /** The change fails when the order has another version. */
  readonly expectedVersion?: number | null;
}

export interface CreateRequest extends ChangeRequest {
  readonly orderId: string;
  /** @default all open units */
  readonly lines?: readonly LineQuantity[] | null;
}

export interface ShipRequest extends ChangeRequest {
  readonly fulfillmentId: string;
  readonly carrier?: string | null;
  readonly trackingNumber?: string | null;
  readonly trackingUrl?: string | null;
}

export interface MoveRequest extends ChangeRequest {
  readonly fulfillmentId: string;
}

type Fulfillments = Result<readonly Fulfillment[], Failure>;
type Change = (order: Order, now: Date) => Result<FulfillmentDecision, Failure>;

/** Packs and ships orders. Every method needs the scope `orders:write` and throws AccessDeniedError without it. */
export class FulfillmentService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: OrdersUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** Creates one fulfillment for each warehouse that holds units of the requested lines. */
  create(ctx: RequestContext, request: CreateRequest): Promise<Fulfillments> {
    return this.#change(ctx, 'fulfillmentCreate', request, (tx) =>
      this.#changeOrder(
        tx,
        request.orderId,
        orderNotFound(),
        expecting(request, (order, now) => createFulfillments(order, request.lines ?? null, now, randomUUID)),
      ),
    );
  }

  ship(ctx: RequestContext, request: ShipRequest): Promise<Fulfillments> {
    return this.#move(ctx, 'fulfillmentShip', request, (order, now) =>
      shipFulfillment(order, request.fulfillmentId, shipmentOf(request), now),
    );
  }

  /** Replaces the carrier, the tracking number and the tracking page of a shipped parcel. */
  setTracking(ctx: RequestContext, request: ShipRequest): Promise<Fulfillments> {
    return this.#move(ctx, 'fulfillmentTrackingSet', request, (order, now) =>
      setTracking(order, request.fulfillmentId, shipmentOf(request), now),
    );
  }

  deliver(ctx: RequestContext, request: MoveRequest): Promise<Fulfillments> {
    return this.#move(ctx, 'fulfillmentDeliver', request, (order, now) =>
      deliverFulfillment(order, request.fulfillmentId, now),
    );
  }

  cancel(ctx: RequestContext, request: MoveRequest): Promise<Fulfillments> {
    return this.#move(ctx, 'fulfillmentCancel', request, (order, now) =>
      cancelFulfillment(order, request.fulfillmentId, now),
    );
  }

  /** Loads the fulfillments that other subgraphs refer to. Only staff may call it. */
  async findMany(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, Fulfillment>> {
    if (!hasScope(ctx, OrdersRead)) return new Map();
    return this.#unitOfWork.read(ctx, (tx) => findFulfillmentsById(tx, ids));
  }

  #move(ctx: RequestContext, operation: string, request: MoveRequest, change: Change): Promise<Fulfillments> {
    return this.#change(ctx, operation, request, async (tx) => {
      const orderId = await findOrderIdOfFulfillment(tx, request.fulfillmentId);
      if (!orderId) return err(fulfillmentNotFound());
      return this.#changeOrder(tx, orderId, fulfillmentNotFound(), expecting(request, change));
    });
  }

  #change(
    ctx: RequestContext,
    operation: string,
    input: ChangeRequest,
    work: (tx: OrdersTransaction) => Promise<Fulfillments>,
  ): Promise<Fulfillments> {
    return mutate(this.#unitOfWork, ctx, { scope: OrdersWrite, operation, input }, work);
  }

  async #changeOrder(tx: OrdersTransaction, orderId: string, notFound: Failure, change: Change): Promise<Fulfillments> {
    const order = await lockOrder(tx, orderId);
    if (!order) return err(notFound);
    const decided = change(order, this.#clock.now());
    if (!decided.ok) return decided;
    await saveOrder(tx, order, decided.value);
    return ok(decided.value.fulfillments);
  }
}

function shipmentOf({ carrier = null, trackingNumber = null, trackingUrl = null }: ShipRequest): Shipment {
  return { carrier, trackingNumber, trackingUrl };
}

/** The change, preceded by a check of the order's expected version. */
function expecting({ expectedVersion }: ChangeRequest, change: Change): Change {
  return (order, now) => {
    const current = expectVersion(order.version, expectedVersion);
    return current.ok ? change(order, now) : current;
  };
}

function fulfillmentNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such fulfillment', ['fulfillmentId']);
}
