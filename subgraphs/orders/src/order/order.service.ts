import { customerIdOf, hasScope, logIds, requireScope, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError } from '@souk/kit/contracts';
import { err, expectVersion, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import type { LineQuantity } from '../fulfillment/fulfillment.ts';
import type { OrderAccess } from './order-access.ts';
import { cancelOrder } from './order-cancellation.ts';
import type { OrderCompensationJob } from './order-compensation.job.ts';
import { saveCancellation, saveLineCancellation, type CompensationKey } from './order-compensation.repository.ts';
import { viewsOf, type OrderView } from './order-details.loader.ts';
import { cancelLines } from './order-line-cancellation.ts';
import { findOrderPage, findOrders, type OrderFilter, type OrderRecord } from './order-records.repository.ts';
import { orderNotFound } from './order.errors.ts';
import { lockOrder } from './order.repository.ts';
import type { Order } from './order.ts';

export interface OrderServiceDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly access: OrderAccess;
  readonly orderCompensation: OrderCompensationJob;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The input of `orderCancel`. */
export interface CancelRequest extends MutationInput {
  readonly orderId: string;
  readonly reason: string;
  readonly expectedVersion?: number | null;
}

/** The input of `orderLinesCancel`. */
export interface CancelLinesRequest extends CancelRequest {
  /** The lines to cancel. @default all units that are in no fulfillment */
  readonly lines?: readonly LineQuantity[] | null;
}

/** A page of orders that give access to their details. */
export interface OrderPage {
  readonly page: KeysetPage<OrderRecord>;
  viewOf(order: OrderRecord): OrderView;
}

/** Reads and cancels orders. */
export class OrderService {
  readonly #dependencies: OrderServiceDependencies;

  constructor(dependencies: OrderServiceDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Finds an order for staff, for the customer whose order it is, and for callers with the order's access token. Null when the order is
   * unknown, and when the caller may not see it.
   */
  async find(ctx: RequestContext, id: string, accessToken: string | null): Promise<OrderView | null> {
    if (hasScope(ctx, OrdersRead)) return this.load(ctx, id);
    const customerId = customerIdOf(ctx);
    if (accessToken === null && customerId === null) return null;
    const found = await this.load(ctx, id);
    if (customerId !== null && found?.order.customer_id === customerId) return found;
    if (accessToken === null) return null;
    const { access } = this.#dependencies;
    return found && access.opens(accessToken, ctx.tenantId, id, found.order.access_generation) ? found : null;
  }

  /** Loads an order without a check of the caller. Use it only after a check: after a mutation, or in an accepted subscription. */
  async load(ctx: RequestContext, id: string): Promise<OrderView | null> {
    return (await this.loadMany(ctx, [id]))[0] ?? null;
  }

  async loadMany(ctx: RequestContext, ids: readonly string[]): Promise<OrderView[]> {
    const { unitOfWork } = this.#dependencies;
    const orders = await unitOfWork.quickRead(ctx, (tx) => findOrders(tx, ids));
    return orders.map(viewsOf(unitOfWork, ctx, orders));
  }

  /** Reads a page of orders, the newest first. @throws AccessDeniedError without `orders:read` */
  async page(ctx: RequestContext, filter: OrderFilter, request: PageRequest): Promise<Result<OrderPage, Failure>> {
    requireScope(ctx, OrdersRead);
    const { unitOfWork } = this.#dependencies;
    const found = await unitOfWork.read(ctx, (tx) => findOrderPage(tx, filter, request));
    if (!found.ok) return found;
    return ok({ page: found.value, viewOf: viewsOf(unitOfWork, ctx, found.value.rows) });
  }

  /** The current access token of the order. */
  tokenFor({ tenantId }: RequestContext, { order }: OrderView): string {
    return this.#dependencies.access.tokenFor(tenantId, order.id, order.access_generation);
  }

  /**
   * Cancels an order that has no shipped units, and returns its stock and money. When another subgraph does not reply, the job returns them
   * later.
   * @throws AccessDeniedError without `orders:write`
   */
  async cancel(ctx: RequestContext, request: CancelRequest): Promise<Result<OrderView | null, Failure>> {
    const { unitOfWork, clock } = this.#dependencies;
    const { orderId, reason } = request;
    const mutation = { scope: OrdersWrite, operation: 'orderCancel', input: request } as const;
    const canceled = await mutate(unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const order = await lockExpected(tx, request);
      if (!order.ok) return order;
      const decided = cancelOrder(order.value, reason, clock.now());
      if (!decided.ok) return decided;
      await saveCancellation(tx, order.value, decided.value);
      return ok(orderId);
    });
    if (!canceled.ok) return canceled;
    await this.compensate(ctx, { kind: 'ORDER', orderId });
    return ok(await this.load(ctx, orderId));
  }

  /**
   * Cancels units that are in no fulfillment, and returns their stock and money. When another subgraph does not reply, the job returns them
   * later.
   * @throws AccessDeniedError without `orders:write`
   */
  async cancelLines(ctx: RequestContext, request: CancelLinesRequest): Promise<Result<OrderView | null, Failure>> {
    const { unitOfWork, clock } = this.#dependencies;
    const { orderId, lines, reason } = request;
    const mutation = { scope: OrdersWrite, operation: 'orderLinesCancel', input: request } as const;
    const canceled = await mutate(unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const order = await lockExpected(tx, request);
      if (!order.ok) return order;
      const decided = cancelLines(order.value, lines ?? null, reason, clock.now());
      return decided.ok ? ok(await saveLineCancellation(tx, order.value, decided.value, reason)) : decided;
    });
    if (!canceled.ok) return canceled;
    await this.compensate(ctx, { kind: 'UNITS', id: canceled.value });
    return ok(await this.load(ctx, orderId));
  }

  /** Returns stock and money after a change was written. When another subgraph does not reply, the job returns them later. */
  async compensate(ctx: RequestContext, key: CompensationKey): Promise<void> {
    try {
      await this.#dependencies.orderCompensation.compensate(ctx, key);
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.#dependencies.logger.warn(
        { ...logIds(ctx), error, ...key },
        'the return of stock and money of an order is delayed, its job retries within 35 s',
      );
    }
  }
}

/** Locks the order for a change. Refuses when the order is unknown, or when it has another version than expected. */
async function lockExpected(
  tx: OrdersTransaction,
  { orderId, expectedVersion }: Pick<CancelRequest, 'orderId' | 'expectedVersion'>,
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, orderId);
  if (!order) return err(orderNotFound());
  const current = expectVersion(order.version, expectedVersion);
  return current.ok ? ok(order) : current;
}
