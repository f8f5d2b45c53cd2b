import type { RequestContext } from '@souk/kit/context';
import { chunksOf } from '@souk/kit/domain';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { insertWarehouses, warehouseIdsByCode } from '../warehouse/warehouse.repository.ts';
import type { NewWarehouse } from '../warehouse/warehouse.ts';
import { insertLevels } from './stock-import.repository.ts';
import { lockLevels } from './stock-ledger.repository.ts';
import { lockLevelCreation, stockedSkus } from './stock.repository.ts';

/** Stock to begin with. */
export interface ImportedLevel {
  readonly warehouseCode: string;
  readonly sku: string;
  readonly onHand: number;
}

/** Warehouses and stock to bring in. The levels may be generated: they are taken in chunks, never all at once. */
export interface StockImport {
  readonly warehouses: readonly NewWarehouse[];
  readonly levels: Iterable<ImportedLevel>;
}

/** How many were new. */
export interface ImportedStock {
  readonly warehouses: number;
  readonly levels: number;
}

/** One transaction and one statement each. Sort the levels by SKU, so that one chunk has all warehouses of a SKU. */
const CHUNK = 5000;

/** Brings stock in from elsewhere. */
export class StockImportService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Makes the warehouses whose code is new and the levels that are new; what exists stays as it is, so that importing
   * twice does nothing the second time. What ran before a failure is kept.
   * @throws Error for a level whose warehouse code nobody has.
   */
  async importStock(ctx: RequestContext, { warehouses, levels }: StockImport): Promise<ImportedStock> {
    const created = await this.#unitOfWork.run(ctx, (tx) => insertWarehouses(tx, warehouses));
    let imported = 0;
    for (const chunk of chunksOf(levels, CHUNK)) {
      imported += await this.#unitOfWork.run(ctx, (tx) => importChunk(tx, chunk));
    }
    return { warehouses: created.length, levels: imported };
  }
}

async function importChunk(tx: InventoryTransaction, chunk: readonly ImportedLevel[]): Promise<number> {
  const idOf = await warehouseIdsByCode(tx, [...new Set(chunk.map(({ warehouseCode }) => warehouseCode))]);
  const levels = chunk.map(({ warehouseCode, sku, onHand }) => {
    const warehouseId = idOf.get(warehouseCode);
    if (!warehouseId) throw new Error(`There is no warehouse with the code ${warehouseCode}`);
    return { warehouseId, sku, onHand };
  });
  await lockLevelCreation(tx);
  const stocked = await stockedSkus(tx, [...new Set(chunk.map(({ sku }) => sku))]);
  if (stocked.length > 0) await lockLevels(tx, stocked);
  const { created, totals } = await insertLevels(tx, levels);
  tx.outbox.append(availabilityChanged(tx.tenantId, totals));
  return created;
}
