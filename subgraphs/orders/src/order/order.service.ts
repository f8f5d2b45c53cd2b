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

/** Input of the mutation `orderCancel`. */
export interface CancelRequest extends MutationInput {
  readonly orderId: string;
  readonly reason: string;
  readonly expectedVersion?: number | null;
}

/** Input of the mutation `orderLinesCancel`. */
export interface CancelLinesRequest extends CancelRequest {
  /** @default all units that are not in a fulfillment */
  readonly lines?: readonly LineQuantity[] | null;
}

/** A page of orders with loaders for their details. */
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
   * Finds an order. Staff, the customer who ordered, and callers with the order's access token may see it. Null for other callers, and when
   * the order is unknown.
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

  /** Loads an order without an access check. Call it only after a check: at the end of a mutation, or in an accepted subscription. */
  async load(ctx: RequestContext, id: string): Promise<OrderView | null> {
    return (await this.loadMany(ctx, [id]))[0] ?? null;
  }

  async loadMany(ctx: RequestContext, ids: readonly string[]): Promise<OrderView[]> {
    const { unitOfWork } = this.#dependencies;
    const orders = await unitOfWork.quickRead(ctx, (tx) => findOrders(tx, ids));
    return orders.map(viewsOf(unitOfWork, ctx, orders));
  }

  /** A page of orders, the newest first. @throws AccessDeniedError without the scope `orders:read` */
  async page(ctx: RequestContext, filter: OrderFilter, request: PageRequest): Promise<Result<OrderPage, Failure>> {
    requireScope(ctx, OrdersRead);
    const { unitOfWork } = this.#dependencies;
    const found = await unitOfWork.read(ctx, (tx) => findOrderPage(tx, filter, request));
    if (!found.ok) return found;
    return ok({ page: found.value, viewOf: viewsOf(unitOfWork, ctx, found.value.rows) });
  }

  tokenFor({ tenantId }: RequestContext, { order }: OrderView): string {
    return this.#dependencies.access.tokenFor(tenantId, order.id, order.access_generation);
  }

  /**
   * Cancels an order without shipped units, and returns its stock and money. When another subgraph does not reply, the compensation job
   * returns them later.
   * @throws AccessDeniedError without the scope `orders:write`
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
   * Cancels units that are not in a fulfillment, and returns their stock and money. When another subgraph does not reply, the compensation
   * job returns them later.
   * @throws AccessDeniedError without the scope `orders:write`
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

  /**
   * Returns stock and money after a committed cancellation. When another subgraph does not reply, the compensation job returns them later.
   */
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

/** Locks the order for a change. Fails when the order is unknown or has another version than expected. */
async function lockExpected(
  tx: OrdersTransaction,
  { orderId, expectedVersion }: Pick<CancelRequest, 'orderId' | 'expectedVersion'>,
): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, orderId);
  if (!order) return err(orderNotFound());
  const current = expectVersion(order.version, expectedVersion);
  return current.ok ? ok(order) : current;
}
