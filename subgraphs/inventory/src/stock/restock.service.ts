import type { RequestContext } from '@souk/kit/context';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { InventoryUnitOfWork } from '../database.ts';
import { restock, type Restock } from './restock.repository.ts';
import { lockLevels } from './stock-ledger.repository.ts';

/** Returns committed stock to its warehouses, once per restock id. */
export class RestockService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * @returns `restocked: false` when an earlier call has already returned the units
   * @throws Error when a line has no stock level, which is a bug: the warehouse had a level when it committed the stock
   */
  restock(ctx: RequestContext, request: Restock): Promise<{ restocked: boolean }> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      await lockLevels(tx, [...new Set(request.lines.map(({ sku }) => sku))]);
      const { claimed, lines, totals } = await restock(tx, request);
      if (lines !== request.lines.length)
        throw new Error(`Restock ${request.restockId} names a stock level that does not exist`);
      tx.outbox.append(availabilityChanged(tx.tenantId, totals));
      return { restocked: claimed };
    });
  }
}
