import { systemContext } from '@souk/kit/context';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { LatePayments } from './late-payments.service.ts';

const EVERY_MS = 60_000;
const BATCH = 50;

/**
 * Checks with the providers of all tenants whether buyers paid voided payments on a page that stayed open. This covers lost notifications.
 */
export function latePaymentCheck(
  unitOfWork: PaymentsUnitOfWork,
  late: LatePayments,
  logger: Pick<Logger, 'error'>,
): RecurringJob {
  return {
    name: 'payments.late',
    everyMs: EVERY_MS,
    async run() {
      for (const { tenantId, id } of await unitOfWork.due('due_open_pages', BATCH)) {
        // The error is caught, so the loop continues with the other checks. The time of the next check is already set.
        await late
          .check(systemContext(tenantId, 'payments.late', id), id)
          .catch((error: unknown) => logger.error({ error, tenantId, paymentId: id }, 'voided payment not checked'));
      }
    },
  };
}
