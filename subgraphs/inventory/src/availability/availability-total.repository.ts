import { sql, type RawBuilder } from 'kysely';
import type { SkuAvailability } from './availability.events.ts';

/**
 * SQL for the CTE `total (sku, available, before, "lowAt")`: the sellable units per SKU after and before the statement. It needs a CTE
 * `shift (sku, units)` with the changes that the statement makes. A statement does not see its own changes, so `shift` is added to the sums
 * that it reads.
 */
export function totalStep(tenantId: string): RawBuilder<unknown> {
  // LATERAL makes Postgres look up the index once per SKU, even without statistics for a table that has just grown.
  return sql`
    total as (
      select shift.sku, sellable_units((shift.units + stock.units)::bigint, item) as available,
             sellable_units(stock.units::bigint, item) as before, item.low_stock_threshold as "lowAt" from shift cross join lateral (
        select coalesce(sum(level.on_hand - level.reserved), 0) as units from stock_level level
          join warehouse on warehouse.tenant_id = level.tenant_id and warehouse.id = level.warehouse_id and warehouse.active
         where level.tenant_id = ${tenantId} and level.sku = shift.sku) stock
        left join stock_item item on item.tenant_id = ${tenantId} and item.sku = shift.sku
    )`;
}

/** The rows of `total` as one JSON value, for a statement that also returns other values. */
export const TOTALS = sql<SkuAvailability[]>`
  (select coalesce(json_agg(json_build_object('sku', sku, 'available', available, 'before', before, 'lowAt', "lowAt") order by sku), '[]') from total)`;
