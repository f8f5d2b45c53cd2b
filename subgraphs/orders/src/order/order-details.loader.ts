import { hasScope, type RequestContext } from '@souk/kit/context';
import { pageOfRows, pageRange, withCursors, type PageRequest } from '@souk/kit/domain';
import { valueOrThrow, type Page } from '@souk/kit/graphql';
import { cursorCodec } from '@souk/kit/persistence';
import { OrdersRead } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { openQuantityOf, type Fulfillment } from '../fulfillment/fulfillment.ts';
import { findFulfillments } from '../fulfillment/fulfillment.repository.ts';
import { findNotes, findTags, type OrderNoteRecord } from './order-annotations.repository.ts';
import { findRefunds, type OrderRefundRecord } from './order-refund.repository.ts';
import {
  findOrderEvents,
  findOrderLines,
  type OrderEventRecord,
  type OrderLineRecord,
  type OrderRecord,
} from './order-records.repository.ts';

/** An order, and a loader for its lines, tags, notes and history. */
export interface OrderView {
  readonly order: OrderRecord;
  readonly details: OrderDetails;
}

/** Wraps orders that were read together. Their details are loaded together. */
export function viewsOf(
  unitOfWork: OrdersUnitOfWork,
  ctx: RequestContext,
  orders: readonly OrderRecord[],
): (order: OrderRecord) => OrderView {
  const details = new OrderDetails(
    unitOfWork,
    ctx,
    orders.map(({ id }) => id),
  );
  return (order) => ({ order, details });
}

/**
 * Loads the details of orders that were read together. The first access to a kind of detail loads that kind for all of these orders, so a
 * list needs one statement per kind. The cache belongs to these orders and not to the request, because a subscription reads the order again
 * for each event.
 */
export class OrderDetails {
  readonly #read = new Map<string, Promise<ReadonlyMap<string, readonly unknown[]>>>();
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #ctx: RequestContext;
  readonly #orderIds: readonly string[];

  constructor(unitOfWork: OrdersUnitOfWork, ctx: RequestContext, orderIds: readonly string[]) {
    this.#unitOfWork = unitOfWork;
    this.#ctx = ctx;
    this.#orderIds = orderIds;
  }

  lines(orderId: string): Promise<readonly OrderLineRecord[]> {
    return this.#of(orderId, 'lines', (tx) => findOrderLines(tx, this.#orderIds));
  }

  fulfillments(orderId: string): Promise<readonly Fulfillment[]> {
    return this.#of(orderId, 'fulfillments', (tx) => findFulfillments(tx, this.#orderIds));
  }

  /** The first 100 refunds of the order, the oldest first. */
  refunds(orderId: string): Promise<readonly OrderRefundRecord[]> {
    return this.#of(orderId, 'refunds', (tx) => findRefunds(tx, this.#orderIds));
  }

  /** The sorted tags of the order. Empty for callers without the scope `orders:read`. */
  async tags(orderId: string): Promise<readonly string[]> {
    if (!hasScope(this.#ctx, OrdersRead)) return [];
    return this.#of(orderId, 'tags', (tx) => findTags(tx, this.#orderIds));
  }

  /** The notes about the order, the newest first. Empty for callers without the scope `orders:read`. */
  async notes(orderId: string): Promise<readonly OrderNoteRecord[]> {
    if (!hasScope(this.#ctx, OrdersRead)) return [];
    return this.#of(orderId, 'notes', (tx) => findNotes(tx, this.#orderIds));
  }

  /** The number of units that are neither canceled nor in a fulfillment. */
  async openQuantity(orderId: string): Promise<number> {
    const [lines, fulfillments] = await Promise.all([this.lines(orderId), this.fulfillments(orderId)]);
    return openQuantityOf(
      lines.map(({ id, quantity, canceled_quantity }) => ({ id, quantity, canceledQuantity: canceled_quantity })),
      fulfillments,
    );
  }

  /**
   * A page of the order's history, the oldest entry first.
   * @throws GraphQLError BAD_USER_INPUT when a cursor or the page size is invalid
   */
  async events(orderId: string, request: PageRequest): Promise<Page<OrderEventRecord>> {
    const range = valueOrThrow(withCursors(valueOrThrow(pageRange(request)), positionOf));
    const found = await this.#of<OrderEventRecord>(orderId, `events ${JSON.stringify(range)}`, (tx) =>
      findOrderEvents(tx, this.#orderIds, range),
    );
    return { ...pageOfRows(range, found), cursorOf: ({ position }) => EVENT_CURSORS.encode([position]) };
  }

  async #of<Row>(
    orderId: string,
    kind: string,
    read: (tx: OrdersTransaction) => Promise<ReadonlyMap<string, readonly Row[]>>,
  ): Promise<readonly Row[]> {
    const known = this.#read.get(kind) ?? this.#unitOfWork.read(this.#ctx, read);
    this.#read.set(kind, known);
    // The cast is safe, because each `kind` is always read by the same function.
    return ((await known).get(orderId) ?? []) as readonly Row[];
  }
}

const EVENT_CURSORS = cursorCodec('order events', [/^\d{1,9}$/]);

function positionOf(cursor: string): number | null {
  const [position] = EVENT_CURSORS.decode(cursor) ?? [];
  return position === undefined ? null : Number(position);
}
