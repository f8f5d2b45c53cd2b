import { logIds, type RequestContext, systemContext } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import type { Clock } from '@souk/kit/domain';
import type { DueRow, UnitOfWork } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import { RestockSold } from '@souk/inventory/contract';
import { RefundPayment, VoidPayment, type PaymentFacts } from '@souk/payments/contract';
import type { OrdersDatabase } from '../database.ts';
import { claimCompensation, endCompensation, type DueCompensation } from './order-compensation.repository.ts';
import { lockOrder, saveOrder } from './order.repository.ts';
import { applyPayment } from './order.ts';

export interface OrderCompensatingParts {
  readonly unitOfWork: UnitOfWork<OrdersDatabase>;
  readonly commands: CommandClient;
  readonly clock: Clock;
  readonly logger: Logger;
}

const BATCH = 20;

/** Gives back what canceled orders hold: stock to the warehouses, money to the buyers. Repeated until it is done. */
export class OrderCompensating implements RecurringJob {
  readonly name = 'orders.compensation';
  readonly everyMs = 5000;

  constructor(private readonly parts: OrderCompensatingParts) {}

  async run(): Promise<void> {
    const due = await this.parts.unitOfWork.due('due_compensations', BATCH);
    await Promise.all(due.map((row) => this.#retry(row)));
  }

  /** @throws CommandUnavailableError: the job will go on */
  async compensate(context: RequestContext, by: { readonly orderId: string } | { readonly id: string }): Promise<void> {
    const { unitOfWork, clock } = this.parts;
    const due = await unitOfWork.run(context, (tx) => claimCompensation(tx, by));
    if (!due) return;
    await this.#restock(context, due);
    const facts = await this.#returnMoney(context, due);
    await unitOfWork.run(context, async (tx) => {
      const now = clock.now();
      const order = await lockOrder(tx, due.orderId);
      if (order && facts) await saveOrder(tx, order, applyPayment(order, facts, now));
      await endCompensation(tx, due.id, now);
    });
  }

  /** One that fails must not keep the others waiting. */
  async #retry({ tenantId, id }: DueRow): Promise<void> {
    const context = systemContext(tenantId, this.name, id);
    try {
      await this.compensate(context, { id });
    } catch (error) {
      this.parts.logger.warn(
        { ...logIds(context), error, compensationId: id },
        'a canceled order was not compensated yet',
      );
    }
  }

  async #restock(context: RequestContext, { id, orderId, restock, reason }: DueCompensation): Promise<void> {
    if (restock.length === 0) return;
    const request = { restockId: id, orderId, lines: [...restock], reason };
    await this.parts.commands.send(context, RestockSold, request);
  }

  async #returnMoney(context: RequestContext, due: DueCompensation): Promise<PaymentFacts | null> {
    const { paymentId } = due;
    if (due.money === null || paymentId === null) return null;
    const { commands, logger } = this.parts;
    if (due.money === 'VOID') {
      const voided = await commands.send(context, VoidPayment, { paymentId, orderId: due.orderId });
      if (voided.ok) return voided.value.facts;
    }
    // Also where it was captured after the order was canceled.
    const refund = { paymentId, refundId: due.id, reason: due.reason };
    const refunded = await commands.send(context, RefundPayment, refund);
    if (refunded.ok) return refunded.value;
    logger.error(
      { ...logIds(context), orderId: due.orderId, error: refunded.error },
      'the money of a canceled order must be returned by hand',
    );
    return null;
  }
}
