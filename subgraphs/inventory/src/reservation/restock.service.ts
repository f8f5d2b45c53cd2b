import type { RequestContext } from '@souk/kit/context';
import { availabilityChanged, type SkuAvailability } from '../availability/availability.events.ts';
import { availabilityOfSkus } from '../availability/availability.repository.ts';
import { canceledWaits } from '../backorder/backorder-allocation.ts';
import { endWaits, lockItems, waitsOfOrder } from '../backorder/backorder.repository.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { demandBySku, type DemandLine } from './allocation.ts';
import { restock, type Restock } from './restock.repository.ts';
import { lockLevels } from '../stock/stock-ledger.repository.ts';

/** Stock to return, and units of the same order that no longer need stock. */
export interface RestockRequest extends Restock {
  readonly backordered?: readonly DemandLine[] | undefined;
}

/** Returns committed stock to its warehouses, once per restock id. */
export class RestockService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * @returns `restocked: false` when an earlier call has already returned the units
   * @throws Error when a line has no stock level and the order has no reservation, which is a bug: the warehouse had a level when it
   * committed the stock
   */
  restock(ctx: RequestContext, { backordered = [], ...request }: RestockRequest): Promise<{ restocked: boolean }> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      const skus = [...new Set([...request.lines, ...backordered].map(({ sku }) => sku))];
      await lockLevels(tx, skus);
      const { claimed, isUnknown, totals } = await restock(tx, request);
      if (isUnknown) throw new Error(`Restock ${request.restockId} names a stock level that does not exist`);
      const freed = claimed ? demandBySku(backordered) : new Map<string, number>();
      const left = freed.size > 0 ? await endWaitsOfOrder(tx, request.orderId, freed) : [];
      tx.outbox.append(availabilityChanged(tx.tenantId, [...totals, ...left]));
      return { restocked: claimed };
    });
  }
}

async function endWaitsOfOrder(
  tx: InventoryTransaction,
  orderId: string,
  canceled: ReadonlyMap<string, number>,
): Promise<readonly SkuAvailability[]> {
  await lockItems(tx, [...canceled.keys()]);
  await endWaits(tx, canceledWaits(await waitsOfOrder(tx, orderId), canceled));
  return availabilityOfSkus(tx, [...canceled.keys()]);
}
