import { systemContext } from '@souk/kit/context';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { PaymentService } from './payment.service.ts';

const EVERY_MS = 15_000;
const BATCH = 50;

/** Finishes the steps of all tenants that have been open for more than a minute, for instance after a crash or an outage of a provider. */
export function paymentRecovery(
  unitOfWork: PaymentsUnitOfWork,
  payments: PaymentService,
  logger: Pick<Logger, 'warn' | 'error'>,
): RecurringJob {
  return {
    name: 'payments.recovery',
    everyMs: EVERY_MS,
    async run() {
      for (const { tenantId, id } of await unitOfWork.due('due_payment_steps', BATCH)) {
        logger.warn({ tenantId, stepId: id }, 'finishing an abandoned payment step');
        // The error is caught, so the loop continues with the other steps. The next run retries this step after a minute.
        await payments
          .recover(systemContext(tenantId, 'payments.recovery', id), id)
          .catch((error: unknown) =>
            logger.error({ error, tenantId, stepId: id }, 'payment step not finished, retrying in 1 min'),
          );
      }
    },
  };
}
