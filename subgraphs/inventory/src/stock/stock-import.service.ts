import type { RequestContext } from '@souk/kit/context';
import { chunksOf } from '@souk/kit/domain';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { insertWarehouses, warehouseIdsByCode } from '../warehouse/warehouse.repository.ts';
import type { NewWarehouse } from '../warehouse/warehouse.ts';
import { insertLevels } from './stock-import.repository.ts';
import { lockLevels } from './stock-ledger.repository.ts';
import { lockLevelCreation, stockedSkus } from './stock.repository.ts';

/** A stock level to import, with its warehouse code and units. */
export interface ImportedLevel {
  readonly warehouseCode: string;
  readonly sku: string;
  readonly onHand: number;
}

/** Warehouses and stock levels to import. `levels` may be a generator: the levels are read in chunks. */
export interface StockImport {
  readonly warehouses: readonly NewWarehouse[];
  readonly levels: Iterable<ImportedLevel>;
}

/** The number of created warehouses and levels. Skipped objects do not count. */
export interface ImportedStock {
  readonly warehouses: number;
  readonly levels: number;
}

/** The number of levels per transaction. Levels that are sorted by SKU have all warehouses of a SKU in the same chunk. */
const CHUNK = 5000;

/** Imports warehouses and stock levels of a tenant. */
export class StockImportService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Creates the warehouses and levels that do not exist yet. Existing warehouses and levels stay unchanged, so a repeated import has no
   * effect. When a chunk fails, the chunks before it are kept.
   * @throws Error for a level with an unknown warehouse code
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
    if (!warehouseId) throw new Error(`Unknown warehouse code "${warehouseCode}". Import the warehouse first`);
    return { warehouseId, sku, onHand };
  });
  await lockLevelCreation(tx);
  const stocked = await stockedSkus(tx, [...new Set(chunk.map(({ sku }) => sku))]);
  if (stocked.length > 0) await lockLevels(tx, stocked);
  const { created, totals } = await insertLevels(tx, levels);
  tx.outbox.append(availabilityChanged(tx.tenantId, totals));
  return created;
}
