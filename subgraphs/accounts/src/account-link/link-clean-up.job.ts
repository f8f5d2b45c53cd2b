import type { RecurringJob } from '@souk/kit/runtime';
import type { AccountsUnitOfWork } from '../database.ts';

const HOURLY = 3_600_000;
const BATCH = 1000;

/** Deletes links of all tenants one hour after their expiry. */
export function linkCleanUpJob(unitOfWork: AccountsUnitOfWork): RecurringJob {
  return {
    name: 'accounts.link-clean-up',
    everyMs: HOURLY,
    async run() {
      for (let deleted = BATCH; deleted === BATCH;) {
        const [row] = await unitOfWork.callFunction<{ deleted: number }>('delete_expired_links', [BATCH]);
        deleted = Number(Object.values(row ?? {})[0] ?? 0);
      }
    },
  };
}
