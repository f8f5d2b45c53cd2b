import type { RecurringJob } from '@souk/kit/runtime';
import type { OrdersUnitOfWork } from '../database.ts';

const HOURLY = 3_600_000;
const BATCH = 1000;

/** Deletes the expired attempt counts of all tenants. */
export function attemptCleanUpJob(unitOfWork: OrdersUnitOfWork): RecurringJob {
  return {
    name: 'orders.attempt-clean-up',
    everyMs: HOURLY,
    async run() {
      for (let deleted = BATCH; deleted === BATCH;) {
        const [row] = await unitOfWork.callFunction<{ deleted: number }>('delete_ended_attempt_counts', [BATCH]);
        deleted = Number(Object.values(row ?? {})[0] ?? 0);
      }
    },
  };
}
