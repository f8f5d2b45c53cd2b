import { randomUUID } from 'node:crypto';
import { logIds, type RequestContext, systemContext } from '@souk/kit/context';
import { CommandUnavailableError } from '@souk/kit/contracts';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { OrdersUnitOfWork } from '../database.ts';
import type { CheckoutConfirmationService } from './checkout-confirmation.service.ts';
import type { CheckoutSaga } from './checkout-saga.service.ts';
import type { CheckoutJournal } from './checkout-journal.service.ts';
import type { CheckoutCompensationService } from './checkout-compensation.service.ts';
import { compensationsOf, remedyFor } from './checkout.machine.ts';
import { takeOverCheckout } from './checkout.repository.ts';
import type { Checkout } from './checkout.ts';

export interface CheckoutRecoveryDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly journal: CheckoutJournal;
  readonly compensation: CheckoutCompensationService;
  readonly confirmation: CheckoutConfirmationService;
  readonly saga: Pick<CheckoutSaga, 'resume'>;
  readonly logger: Logger;
}

const BATCH = 20;

/**
 * Confirms or compensates the unfinished checkouts of all tenants after a crash or an outage of a subgraph. Also queries the outcome of
 * waiting payments that the provider has settled or whose deadline has passed.
 */
export class CheckoutRecoveryJob implements RecurringJob {
  readonly name = 'orders.checkout-recovery';
  readonly everyMs = 2000;
  readonly #dependencies: CheckoutRecoveryDependencies;

  constructor(dependencies: CheckoutRecoveryDependencies) {
    this.#dependencies = dependencies;
  }

  async run(): Promise<void> {
    const due = await this.#dependencies.unitOfWork.due('due_checkouts', BATCH);
    await Promise.all(due.map((row) => this.#recover(row)));
  }

  /**
   * Recovers one checkout. An error is logged and does not stop the recovery of other checkouts. The lease of the failed checkout expires,
   * so a later run retries it.
   */
  async #recover({ tenantId, id }: DueRow): Promise<void> {
    const ctx = systemContext(tenantId, this.name, id);
    const { unitOfWork, journal, logger } = this.#dependencies;
    try {
      const checkout = await unitOfWork.run(ctx, (tx) => takeOverCheckout(tx, id, randomUUID()));
      if (checkout) await journal.underLease(ctx, checkout, () => this.#remedyOrLeave(ctx, checkout));
    } catch (error) {
      logger.warn({ ...logIds(ctx), error, checkoutId: id }, 'checkout not recovered, retrying when its lease ends');
    }
  }

  /** Confirms or compensates a checkout. When another subgraph does not reply, the lease is ended, so the next run of the job can retry. */
  async #remedyOrLeave(ctx: RequestContext, checkout: Checkout): Promise<void> {
    try {
      await this.#remedy(ctx, checkout);
    } catch (error) {
      if (error instanceof CommandUnavailableError) await this.#dependencies.journal.leave(ctx, checkout);
      throw error;
    }
  }

  async #remedy(ctx: RequestContext, checkout: Checkout): Promise<void> {
    const { compensation, confirmation, saga, logger } = this.#dependencies;
    if (remedyFor(checkout.state) === 'ASK_FOR_PAYMENT') return void (await saga.resume(ctx, checkout));
    logger.info(
      { ...logIds(ctx), checkoutId: checkout.id, state: checkout.state },
      'recovering an unfinished checkout',
    );
    if (checkout.state === 'UNDOING') return compensation.resume(ctx, checkout);
    if (remedyFor(checkout.state) === 'CONFIRM') return confirmation.confirm(ctx, checkout);
    const compensations = compensationsOf(checkout.state, 'UNANSWERED');
    return compensation.compensate(ctx, { checkout, refusal: null, compensations });
  }
}
