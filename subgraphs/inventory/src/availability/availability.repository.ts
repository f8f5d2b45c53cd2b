import { fixedStatement } from '@souk/kit/persistence';
import type { InventoryRead } from '../database.ts';
import type { SkuAvailability } from './availability.events.ts';

const availability = fixedStatement<SkuAvailability>(`
  select level.sku, sum(level.on_hand - level.reserved)::bigint as available
    from stock_level level
    join warehouse on warehouse.tenant_id = level.tenant_id and warehouse.id = level.warehouse_id and warehouse.active
   where level.tenant_id = $1 and level.sku = any($2::text[])
   group by level.sku`);

/** The available units of SKUs, summed over all active warehouses. A SKU without stock levels is absent from the map. */
export async function availabilityOfSkus(
  tx: InventoryRead,
  skus: readonly string[],
): Promise<readonly SkuAvailability[]> {
  return (await availability(tx.db, tx.tenantId, skus)).rows;
}
