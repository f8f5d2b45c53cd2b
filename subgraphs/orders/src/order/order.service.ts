import { hasScope, logIds, type RequestContext, requireScope } from '@souk/kit/context';
import { CommandUnavailableError } from '@souk/kit/contracts';
import { err, expectVersion, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import type { KeysetPage, UnitOfWork } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import type { OrdersDatabase } from '../database.ts';
import type { OrderAccess } from './order-access.ts';
import { cancelOrder } from './order-cancellation.ts';
import type { OrderCompensating } from './order-compensating.ts';
import { saveCancellation } from './order-compensation.repository.ts';
import { viewsOf, type OrderView } from './order-details.ts';
import { findOrderPage, findOrders, type OrderFilter, type OrderRecord, type PageRequest } from './order.queries.ts';
import { orderNotFound } from './order.errors.ts';
import { lockOrder } from './order.repository.ts';

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
    const maySee =
      hasScope(context, 'orders:read') ||
      (accessToken !== null && this.parts.access.opens(accessToken, context.tenantId, id));
    return maySee ? this.load(context, id) : null;
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
    requireScope(context, 'orders:read');
    const { unitOfWork } = this.parts;
    const found = await unitOfWork.read(context, (tx) => findOrderPage(tx, filter, request));
    if (!found.ok) return found;
    return ok({ page: found.value, viewOf: viewsOf(unitOfWork, context, found.value.rows) });
  }

  tokenFor(context: RequestContext, orderId: string): string {
    return this.parts.access.tokenFor(context.tenantId, orderId);
  }

  /**
   * Cancels an order of which nothing was shipped, and gives back its stock and its money; where a part of the platform does not
   * answer, that is done later. @throws AccessDeniedError without `orders:write`
   */
  async cancel(context: RequestContext, request: CancelRequest): Promise<Result<OrderView | null, Failure>> {
    requireScope(context, 'orders:write');
    const { unitOfWork, clock } = this.parts;
    const { orderId, reason, expectedVersion, idempotencyKey } = request;
    const call = { key: idempotencyKey, operation: 'orderCancel', input: request };
    const canceled = await unitOfWork.once<string, Failure>(context, call, async (tx) => {
      const order = await lockOrder(tx, orderId);
      if (!order) return err(orderNotFound());
      const current = expectVersion(order.version, expectedVersion);
      if (!current.ok) return current;
      const decided = cancelOrder(order, reason, clock.now());
      if (!decided.ok) return decided;
      await saveCancellation(tx, order, decided.value);
      return ok(orderId);
    });
    if (!canceled.ok) return canceled;
    await this.#compensate(context, orderId);
    return ok(await this.load(context, orderId));
  }

  async #compensate(context: RequestContext, orderId: string): Promise<void> {
    try {
      await this.parts.compensating.compensate(context, { orderId });
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.parts.logger.warn({ ...logIds(context), error, orderId }, 'a canceled order is compensated later');
    }
  }
}
