import { systemContext } from '@souk/kit/context';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { LatePayments } from './late-payments.service.ts';

const EVERY_MS = 60_000;
const BATCH = 20;

/**
 * Checks with the providers of all tenants whether buyers paid voided payments on a page that stayed open. This covers lost notifications.
 * The checks of a batch run at the same time, so a provider without a response does not delay the checks at other providers.
 */
export function latePaymentCheck(
  unitOfWork: PaymentsUnitOfWork,
  late: LatePayments,
  logger: Pick<Logger, 'error'>,
): RecurringJob {
  async function check({ tenantId, id }: DueRow): Promise<void> {
    try {
      await late.check(systemContext(tenantId, 'payments.late', id), id);
    } catch (error) {
      // The error does not end the run, which makes other checks. The time of the next check is already set.
      logger.error({ error, tenantId, paymentId: id }, 'voided payment not checked');
    }
  }
  return {
    name: 'payments.late',
    everyMs: EVERY_MS,
    async run() {
      const due = await unitOfWork.due('due_open_pages', BATCH);
      await Promise.all(due.map(check));
    },
  };
}
