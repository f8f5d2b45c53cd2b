import type { RequestContext } from '@souk/kit/context';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { InventoryUnitOfWork } from '../database.ts';
import { restock, type Restock } from './restock.repository.ts';
import { lockLevels } from './stock-ledger.repository.ts';

/** Returns committed stock to its warehouses. */
export class RestockService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * @returns `restocked: false` when the restock was done earlier
   * @throws Error when a line has no stock level and the order has no reservation. This is a bug, because stock that was committed from a warehouse has a level there.
   */
  restock(ctx: RequestContext, request: Restock): Promise<{ restocked: boolean }> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      await lockLevels(tx, [...new Set(request.lines.map(({ sku }) => sku))]);
      const { claimed, isUnknown, totals } = await restock(tx, request);
      if (isUnknown) throw new Error(`Restock ${request.restockId} names a stock level that does not exist`);
      tx.outbox.append(availabilityChanged(tx.tenantId, totals));
      return { restocked: claimed };
    });
  }
}
