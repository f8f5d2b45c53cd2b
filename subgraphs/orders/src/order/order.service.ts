import { hasScope, logIds, type RequestContext, requireScope } from '@souk/kit/context';
import { CommandUnavailableError } from '@souk/kit/contracts';
import { err, expectVersion, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import type { KeysetPage, Transaction, UnitOfWork } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import type { OrdersDatabase } from '../database.ts';
import type { LineQuantity } from '../fulfillment/fulfillment.ts';
import type { OrderAccess } from './order-access.ts';
import { cancelOrder } from './order-cancellation.ts';
import type { OrderCompensating } from './order-compensating.ts';
import { saveCancellation, saveLineCancellation, type CompensationKey } from './order-compensation.repository.ts';
import { viewsOf, type OrderView } from './order-details.ts';
import { cancelLines } from './order-line-cancellation.ts';
import { findOrderPage, findOrders, type OrderFilter, type OrderRecord } from './order.queries.ts';
import { orderNotFound } from './order.errors.ts';
import { lockOrder } from './order.repository.ts';
import type { Order } from './order.ts';

export interface OrderServiceParts {
  readonly unitOfWork: UnitOfWork<OrdersDatabase>;
  readonly access: OrderAccess;
  readonly compensating: OrderCompensating;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What staff send to cancel an order. */
export interface CancelRequest {
  readonly orderId: string;
  readonly reason: string;
  readonly expectedVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

/** What staff send to cancel units of an order. */
export interface CancelLinesRequest extends CancelRequest {
  /** Null: all that are in no fulfillment. */
  readonly lines?: readonly LineQuantity[] | null;
}

/** A page of orders, and the way to what belongs to them. */
export interface OrderPage {
  readonly page: KeysetPage<OrderRecord>;
  viewOf(order: OrderRecord): OrderView;
}

/** Reads and cancels orders. */
export class OrderService {
  constructor(private readonly parts: OrderServiceParts) {}

  /** For staff, and for whoever has the order's access token. Null is also the answer for an order that is not theirs to see. */
  async find(context: RequestContext, id: string, accessToken: string | null): Promise<OrderView | null> {
    if (hasScope(context, OrdersRead)) return this.load(context, id);
    if (accessToken === null) return null;
    const found = await this.load(context, id);
    const { access } = this.parts;
    return found && access.opens(accessToken, context.tenantId, id, found.order.access_generation) ? found : null;
  }

  /** For those who have shown already that they may: after a mutation, for a subscription that was let in. */
  async load(context: RequestContext, id: string): Promise<OrderView | null> {
    return (await this.loadMany(context, [id]))[0] ?? null;
  }

  async loadMany(context: RequestContext, ids: readonly string[]): Promise<OrderView[]> {
    const { unitOfWork } = this.parts;
    const orders = await unitOfWork.read(context, (tx) => findOrders(tx, ids));
    return orders.map(viewsOf(unitOfWork, context, orders));
  }

  /** Newest first. @throws AccessDeniedError without `orders:read` */
  async page(context: RequestContext, filter: OrderFilter, request: PageRequest): Promise<Result<OrderPage, Failure>> {
    requireScope(context, OrdersRead);
    const { unitOfWork } = this.parts;
    const found = await unitOfWork.read(context, (tx) => findOrderPage(tx, filter, request));
    if (!found.ok) return found;
    return ok({ page: found.value, viewOf: viewsOf(unitOfWork, context, found.value.rows) });
  }

  /** What opens the order to its buyer. */
  tokenFor({ tenantId }: RequestContext, { order }: OrderView): string {
    return this.parts.access.tokenFor(tenantId, order.id, order.access_generation);
  }

  /**
   * Cancels an order of which nothing was shipped, and gives back its stock and its money; where a part of the platform does not
   * answer, that is done later. @throws AccessDeniedError without `orders:write`
   */
  async cancel(context: RequestContext, request: CancelRequest): Promise<Result<OrderView | null, Failure>> {
    requireScope(context, OrdersWrite);
    const { unitOfWork, clock } = this.parts;
    const { orderId, reason, idempotencyKey } = request;
    const call = { key: idempotencyKey, operation: 'orderCancel', input: request };
    const canceled = await unitOfWork.once<string, Failure>(context, call, async (tx) => {
      const order = await lockExpected(tx, request);
      if (!order.ok) return order;
      const decided = cancelOrder(order.value, reason, clock.now());
      if (!decided.ok) return decided;
      await saveCancellation(tx, order.value, decided.value);
      return ok(orderId);
    });
    if (!canceled.ok) return canceled;
    await this.#compensate(context, { kind: 'ORDER', orderId });
    return ok(await this.load(context, orderId));
  }

  /**
   * Cancels units that are in no fulfillment, and gives back their stock and their money; where a part of the platform does not
   * answer, that is done later. @throws AccessDeniedError without `orders:write`
   */
  async cancelLines(context: RequestContext, request: CancelLinesRequest): Promise<Result<OrderView | null, Failure>> {
    requireScope(context, OrdersWrite);
    const { orderId, lines, reason, idempotencyKey } = request;
    const call = { key: idempotencyKey, operation: 'orderLinesCancel', input: request };
    const canceled = await this.parts.unitOfWork.once<string, Failure>(context, call, async (tx) => {
      const order = await lockExpected(tx, request);
      if (!order.ok) return order;
      const decided = cancelLines(order.value, lines ?? null, reason, this.parts.clock.now());
      return decided.ok ? ok(await saveLineCancellation(tx, order.value, decided.value, reason)) : decided;
    });
    if (!canceled.ok) return canceled;
    await this.#compensate(context, { kind: 'UNITS', id: canceled.value });
    return ok(await this.load(context, orderId));
  }

  async #compensate(context: RequestContext, key: CompensationKey): Promise<void> {
    try {
      await this.parts.compensating.compensate(context, key);
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.parts.logger.warn({ ...logIds(context), error, ...key }, 'a canceled order is compensated later');
    }
  }
}

/** The order for a change. Refused when it is not there, or not at the expected version. */
async function lockExpected(
  tx: Transaction<OrdersDatabase>,
  { orderId, expectedVersion }: Pick<CancelRequest, 'orderId' | 'expectedVersion'>,
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, orderId);
  if (!order) return err(orderNotFound());
  const current = expectVersion(order.version, expectedVersion);
  return current.ok ? ok(order) : current;
}
