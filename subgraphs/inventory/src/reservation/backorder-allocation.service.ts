import { randomUUID } from 'node:crypto';
import { systemContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { availabilityChanged } from '../availability/availability.events.ts';
import { BackorderAllocated } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { availableStock } from './available-stock.ts';
import { commitToOrders } from './order-allocation.repository.ts';
import { lockLevels } from '../stock/stock-ledger.repository.ts';
import { stockItemById, stockItemsOfSkus } from '../stock-item/stock-item.repository.ts';
import { allocateBackorders } from '../backorder/backorder-allocation.ts';
import { endWaits, lockItems, waitingOrders } from '../backorder/backorder.repository.ts';

const ITEM_BATCH = 100;
const ORDER_BATCH = 500;

/** Gives arrived stock to the orders that wait for it. */
export class BackorderAllocationService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Allocates stock to waiting orders of all tenants, the oldest order first: per call up to 100 SKUs, and up to 500 orders of each. Any
   * number of processes may call this method, because the locks on the stock serialize the calls.
   */
  async allocateDue(): Promise<void> {
    for (const { tenantId, id } of await this.#unitOfWork.due('due_backorders', ITEM_BATCH)) {
      const ctx = systemContext(tenantId, 'inventory.allocate-backorders', randomUUID());
      await this.#unitOfWork.run(ctx, (tx) => allocateItem(tx, id));
    }
  }
}

async function allocateItem(tx: InventoryTransaction, itemId: string): Promise<void> {
  const item = await stockItemById(tx, itemId);
  if (!item) return;
  const { sku } = item;
  const levels = await lockLevels(tx, [sku]);
  await lockItems(tx, [sku]);
  const [{ safetyStock } = item] = await stockItemsOfSkus(tx, [sku]);
  const waiting = await waitingOrders(tx, sku, ORDER_BATCH);
  const stock = availableStock(levels, [], new Map([[sku, { safetyStock, backordered: 0 }]]));
  const { allocations, ended } = allocateBackorders(waiting, stock);
  if (allocations.length === 0) return;
  // The waits end first, so that the published availability counts the units once.
  await endWaits(tx, ended);
  const totals = await commitToOrders(tx, allocations);
  tx.outbox.append(availabilityChanged(tx.tenantId, totals));
  for (const [orderId, own] of Map.groupBy(allocations, (each) => each.orderId)) {
    const units = own.map(({ warehouseId, quantity }) => ({ sku, warehouseId, quantity }));
    tx.outbox.append([eventOf(BackorderAllocated, orderId, { orderId, allocations: units })]);
  }
}
