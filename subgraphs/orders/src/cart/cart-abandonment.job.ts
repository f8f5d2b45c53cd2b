import { randomUUID } from 'node:crypto';
import { systemContext } from '@souk/kit/context';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { OrdersUnitOfWork } from '../database.ts';
import { abandonCarts } from './cart.repository.ts';

const HOURLY = 3_600_000;
const BATCH = 500;

/** Closes the carts of all tenants that have not changed for 30 days. */
export function cartAbandonmentJob(unitOfWork: OrdersUnitOfWork, logger: Logger): RecurringJob {
  return {
    name: 'orders.cart-abandonment',
    everyMs: HOURLY,
    async run() {
      for (;;) {
        const idle = await unitOfWork.due('idle_carts', BATCH);
        const closed = await abandon(unitOfWork, idle);
        if (closed > 0) logger.info({ carts: closed }, 'closed abandoned carts');
        // `closed < idle.length` means that buyers changed some of the carts meanwhile. The next run continues.
        if (idle.length < BATCH || closed < idle.length) return;
      }
    },
  };
}

async function abandon(unitOfWork: OrdersUnitOfWork, idle: readonly DueRow[]): Promise<number> {
  let closed = 0;
  for (const [tenantId, rows] of Map.groupBy(idle, (row) => row.tenantId)) {
    const ctx = systemContext(tenantId, 'orders.cart-abandonment', randomUUID());
    closed += await unitOfWork.run(ctx, (tx) =>
      abandonCarts(
        tx,
        rows.map((row) => row.id),
      ),
    );
  }
  return closed;
}
