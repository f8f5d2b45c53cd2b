import type { RequestContext } from '@souk/kit/context';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { InventoryUnitOfWork } from '../database.ts';
import { restock, type Restock } from './restock.repository.ts';
import { lockLevels } from './stock-ledger.repository.ts';

/** Takes sold stock back. */
export class RestockService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * `restocked: false`: it was done before.
   * @throws Error when a line names stock that never was: what was sold from a warehouse has a level there.
   */
  restock(ctx: RequestContext, request: Restock): Promise<{ restocked: boolean }> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      await lockLevels(tx, [...new Set(request.lines.map(({ sku }) => sku))]);
      const { claimed, lines, totals } = await restock(tx, request);
      if (lines !== request.lines.length) throw new Error(`Restock ${request.restockId} names stock that never was`);
      tx.outbox.append(availabilityChanged(tx.tenantId, totals));
      return { restocked: claimed };
    });
  }
}
