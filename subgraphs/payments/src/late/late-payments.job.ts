import { systemContext } from '@souk/kit/context';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { LatePayments } from './late-payments.service.ts';

const EVERY_MS = 60_000;
const BATCH = 50;

/** Asks the providers of all tenants for voided payments that their buyers may still have paid, in case a notification was lost. */
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
        // A failed check must not delay the other checks. Its next time is already set.
        await late
          .check(systemContext(tenantId, 'payments.late', id), id)
          .catch((error: unknown) => logger.error({ error, tenantId, paymentId: id }, 'voided payment not checked'));
      }
    },
  };
}
