import { systemContext } from '@souk/kit/context';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { PaymentService } from './payment.service.ts';

const EVERY_MS = 15_000;
const BATCH = 20;

/**
 * Finishes the steps of all tenants that have been open for more than a minute, for instance after a crash or an outage of a provider. The
 * steps of a batch are finished at the same time, so a provider without a response does not delay the steps at other providers.
 */
export function paymentRecovery(
  unitOfWork: PaymentsUnitOfWork,
  payments: PaymentService,
  logger: Pick<Logger, 'warn' | 'error'>,
): RecurringJob {
  async function finish({ tenantId, id }: DueRow): Promise<void> {
    logger.warn({ tenantId, stepId: id }, 'finishing an abandoned payment step');
    try {
      await payments.recover(systemContext(tenantId, 'payments.recovery', id), id);
    } catch (error) {
      // The error does not end the run, which finishes other steps. A run after a minute retries this step.
      logger.error({ error, tenantId, stepId: id }, 'payment step not finished, retrying in 1 min');
    }
  }
  return {
    name: 'payments.recovery',
    everyMs: EVERY_MS,
    async run() {
      const due = await unitOfWork.due('due_payment_steps', BATCH);
      await Promise.all(due.map(finish));
    },
  };
}
