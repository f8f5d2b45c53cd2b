import { randomUUID } from 'node:crypto';
import { systemContext } from '@souk/kit/context';
import type { RecurringJob } from '@souk/kit/runtime';
import { closeCarts } from '../cart/cart.repository.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import { draftChanged } from './draft-order.events.ts';
import { expireDrafts, lockCartsOfDrafts } from './draft-order.repository.ts';

const EVERY_MS = 30_000;
const BATCH = 200;

/**
 * Expires the overdue draft orders of all tenants and closes their carts. A draft with a running checkout stays open until the checkout
 * ends.
 */
export function draftOrderExpiryJob(unitOfWork: OrdersUnitOfWork): RecurringJob {
  return {
    name: 'orders.draft-expiry',
    everyMs: EVERY_MS,
    async run() {
      const due = await unitOfWork.due('due_draft_orders', BATCH);
      for (const [tenantId, rows] of Map.groupBy(due, (row) => row.tenantId)) {
        const ids = rows.map(({ id }) => id);
        await unitOfWork.run(systemContext(tenantId, 'orders.draft-expiry', randomUUID()), async (tx) => {
          await lockCartsOfDrafts(tx, ids);
          const expired = await expireDrafts(tx, ids);
          if (expired.length === 0) return;
          await closeCarts(
            tx,
            expired.map(({ cartId }) => cartId),
          );
          tx.outbox.append(expired.map(({ id }) => draftChanged(id, 'EXPIRED')));
        });
      }
    },
  };
}
