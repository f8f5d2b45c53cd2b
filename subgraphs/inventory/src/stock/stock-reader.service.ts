import { requireScope, type RequestContext } from '@souk/kit/context';
import { ok, type InvalidPage, type PageRequest, type Result } from '@souk/kit/domain';
import { mapPage, type KeysetPage } from '@souk/kit/persistence';
import { StockRead } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { warehousesById, type PageResult } from '../warehouse/warehouse.repository.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { PlacedStockLevel } from './stock-change.service.ts';
import type { StockMovement } from './stock-movement.ts';
import {
  levelsOfSkus,
  stockLevelPage,
  stockMovementPage,
  type StockFilter,
  type StockLevelFilter,
} from './stock.repository.ts';

/** An entry of the stock ledger with its warehouse. */
export interface PlacedStockMovement {
  readonly movement: StockMovement;
  readonly warehouse: Warehouse;
}
type Page<Row> = Promise<Result<KeysetPage<Row>, InvalidPage>>;

/** Reads stock for staff. */
export class StockReader {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  levels(ctx: RequestContext, filter: StockLevelFilter, page: PageRequest): Page<PlacedStockLevel> {
    requireScope(ctx, StockRead);
    return this.#unitOfWork.read(ctx, async (tx) =>
      placedPage(tx, await stockLevelPage(tx, filter, page), (level, warehouse) => ({ level, warehouse })),
    );
  }

  movements(ctx: RequestContext, filter: StockFilter, page: PageRequest): Page<PlacedStockMovement> {
    requireScope(ctx, StockRead);
    return this.#unitOfWork.read(ctx, async (tx) =>
      placedPage(tx, await stockMovementPage(tx, filter, page), (movement, warehouse) => ({ movement, warehouse })),
    );
  }

  /** At most 200 stock levels of each SKU. */
  levelsBySku(ctx: RequestContext, skus: readonly string[]): Promise<ReadonlyMap<string, readonly PlacedStockLevel[]>> {
    requireScope(ctx, StockRead);
    return this.#unitOfWork.read(ctx, async (tx) => {
      const bySku = await levelsOfSkus(tx, skus);
      const warehouses = await warehousesById(
        tx,
        [...bySku.values()].flatMap((levels) => levels.map(warehouseIdOf)),
      );
      return new Map(
        [...bySku].map(([sku, levels]) => [
          sku,
          levels.map((level) => ({ level, warehouse: present(warehouses, level.warehouseId) })),
        ]),
      );
    });
  }
}

const warehouseIdOf = ({ warehouseId }: { readonly warehouseId: string }) => warehouseId;

/** Adds the warehouses to a page of rows, with one more statement. */
async function placedPage<Row extends { readonly warehouseId: string }, Placed extends object>(
  tx: InventoryTransaction,
  page: Awaited<PageResult<Row>>,
  place: (row: Row, warehouse: Warehouse) => Placed,
): Page<Placed> {
  if (!page.ok) return page;
  const warehouses = await warehousesById(tx, page.value.rows.map(warehouseIdOf));
  return ok(mapPage(page.value, (row) => place(row, present(warehouses, row.warehouseId))));
}

function present(warehouses: ReadonlyMap<string, Warehouse>, id: string): Warehouse {
  const warehouse = warehouses.get(id);
  if (!warehouse) throw new Error(`Warehouse ${id} is referenced but missing`); // a foreign key prevents this
  return warehouse;
}
