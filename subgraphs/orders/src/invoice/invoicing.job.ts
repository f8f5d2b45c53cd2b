import { logIds, systemContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { OrdersUnitOfWork } from '../database.ts';
import { postponeInvoice } from './billed-order.repository.ts';
import { invoiceOrder, RETRY_MS } from './invoice-issuing.service.ts';

export interface InvoicingDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly clock: Clock;
  readonly logger: Logger;
}

const BATCH = 100;

/**
 * Issues the invoices of paid orders, and credit notes for canceled and returned units. It processes one order at a time to limit the load
 * on the database.
 */
export class InvoicingJob implements RecurringJob {
  readonly name = 'orders.invoicing';
  readonly everyMs = 1000;
  readonly #dependencies: InvoicingDependencies;

  constructor(dependencies: InvoicingDependencies) {
    this.#dependencies = dependencies;
  }

  async run(): Promise<void> {
    const due = await this.#dependencies.unitOfWork.due('due_invoices', BATCH);
    for (const row of due) await this.#process(row);
  }

  /** Processes one order. An error is logged and does not stop the invoices of other orders. */
  async #process({ tenantId, id }: DueRow): Promise<void> {
    const { unitOfWork, clock, logger } = this.#dependencies;
    const ctx = systemContext(tenantId, this.name, id);
    try {
      await unitOfWork.run(ctx, (tx) => invoiceOrder(tx, id, clock.now()));
    } catch (error) {
      logger.warn({ ...logIds(ctx), error, orderId: id }, 'invoicing of an order failed, retrying in 5 s');
      await unitOfWork.run(ctx, (tx) => postponeInvoice(tx, id, new Date(clock.now().getTime() + RETRY_MS)));
    }
  }
}
