import { logIds, type RequestContext, systemContext } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import type { Clock } from '@souk/kit/domain';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import { RestockSold } from '@souk/inventory/contract';
import { RefundPayment, VoidPayment, type PaymentFacts } from '@souk/payments/contract';
import type { OrdersUnitOfWork } from '../database.ts';
import {
  claimCompensation,
  endCompensation,
  type CompensationKey,
  type CompensationKind,
  type DueCompensation,
} from './order-compensation.repository.ts';
import { lockOrder, saveOrder } from './order.repository.ts';
import { applyPayment } from './order.ts';

export interface OrderCompensationDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly commands: CommandClient;
  readonly clock: Clock;
  readonly logger: Logger;
}

const BATCH = 20;

/** Returns the stock and the money of canceled orders and canceled units. Retries until both are returned. */
export class OrderCompensationJob implements RecurringJob {
  readonly name = 'orders.compensation';
  readonly everyMs = 5000;
  readonly #dependencies: OrderCompensationDependencies;

  constructor(dependencies: OrderCompensationDependencies) {
    this.#dependencies = dependencies;
  }

  async run(): Promise<void> {
    const { unitOfWork } = this.#dependencies;
    const orders = await unitOfWork.due('due_compensations', BATCH);
    const units = await unitOfWork.due('due_line_cancellations', BATCH);
    await Promise.all([
      ...orders.map((row) => this.#retry('ORDER', row)),
      ...units.map((row) => this.#retry('UNITS', row)),
    ]);
  }

  /** @throws CommandUnavailableError when a subgraph does not reply. The job then retries. */
  async compensate(ctx: RequestContext, key: CompensationKey): Promise<void> {
    const { unitOfWork, clock } = this.#dependencies;
    const due = await unitOfWork.run(ctx, (tx) => claimCompensation(tx, key));
    if (!due) return;
    await this.#restock(ctx, due);
    const facts = await this.#returnMoney(ctx, due);
    await unitOfWork.run(ctx, async (tx) => {
      const now = clock.now();
      const order = await lockOrder(tx, due.orderId);
      if (order && facts) await saveOrder(tx, order, applyPayment(order, facts, now));
      await endCompensation(tx, due, now);
    });
  }

  /** Retries one compensation. An error is logged and does not stop the other compensations. */
  async #retry(kind: CompensationKind, { tenantId, id }: DueRow): Promise<void> {
    const ctx = systemContext(tenantId, this.name, id);
    try {
      await this.compensate(ctx, { kind, id });
    } catch (error) {
      this.#dependencies.logger.warn(
        { ...logIds(ctx), error, compensationId: id },
        'compensation of a canceled order failed, retrying in 30 s',
      );
    }
  }

  async #restock(ctx: RequestContext, { id, orderId, restock, reason }: DueCompensation): Promise<void> {
    if (restock.length === 0) return;
    const lines = restock.flatMap(({ warehouseId, ...units }) =>
      warehouseId === null ? [] : [{ ...units, warehouseId }],
    );
    const waiting = restock.filter(({ warehouseId }) => warehouseId === null);
    const backordered = waiting.map(({ sku, quantity }) => ({ sku, quantity }));
    const request = { restockId: id, orderId, lines, reason, ...(backordered.length > 0 && { backordered }) };
    await this.#dependencies.commands.send(ctx, RestockSold, request);
  }

  async #returnMoney(ctx: RequestContext, due: DueCompensation): Promise<PaymentFacts | null> {
    const { paymentId } = due;
    if (due.money === null || paymentId === null) return null;
    const { commands, logger } = this.#dependencies;
    if (due.money === 'VOID') {
      const voided = await commands.send(ctx, VoidPayment, { paymentId, orderId: due.orderId });
      if (voided.ok) return voided.value.facts;
    }
    // The void fails when the payment was captured after the cancellation. A refund works in that case.
    const refund = { paymentId, refundId: due.id, reason: due.reason, ...(due.amount && { amount: due.amount }) };
    const refunded = await commands.send(ctx, RefundPayment, refund);
    if (refunded.ok) return refunded.value;
    logger.error(
      { ...logIds(ctx), orderId: due.orderId, amount: due.amount, error: refunded.error },
      'payments refused to return the money of a canceled order: check the payment and refund the rest by hand',
    );
    return null;
  }
}
