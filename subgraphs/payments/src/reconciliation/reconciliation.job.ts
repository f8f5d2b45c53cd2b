import { systemContext } from '@souk/kit/context';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { ReconciliationService } from './reconciliation.service.ts';

const RECONCILIATION_JOB = 'payments.reconciliation';
const EVERY_MS = 60_000;
const BATCH = 20;

/**
 * Compares the ledgers of all tenants with their providers: each account once a day, and the periods that staff
 * requested.
 */
export function reconciliationJob(
  unitOfWork: PaymentsUnitOfWork,
  reconciliations: ReconciliationService,
  logger: Pick<Logger, 'error'>,
): RecurringJob {
  async function each(due: readonly DueRow[], work: 'plan' | 'run'): Promise<void> {
    for (const { tenantId, id } of due) {
      // A failure must not delay the comparisons of other shops. A failed comparison is retried when its lease ends.
      await reconciliations[work](systemContext(tenantId, RECONCILIATION_JOB, id), id).catch((error: unknown) =>
        logger.error({ error, tenantId, id }, `reconciliation failed (${work})`),
      );
    }
  }
  return {
    name: RECONCILIATION_JOB,
    everyMs: EVERY_MS,
    async run() {
      await each(await unitOfWork.due('due_account_reconciliations', BATCH), 'plan');
      await each(await unitOfWork.due('due_reconciliations', BATCH), 'run');
    },
  };
}
