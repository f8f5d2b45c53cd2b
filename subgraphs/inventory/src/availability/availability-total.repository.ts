import { sql, type RawBuilder } from 'kysely';
import type { SkuAvailability } from './availability.events.ts';

/**
 * SQL for the CTE `total (sku, available)`: the available units per SKU after the statement. It needs a CTE `shift (sku, units)` with the
 * changes that the statement makes. A statement does not see its own changes, so `shift` is added to the sums that it reads.
 */
export function totalStep(tenantId: string): RawBuilder<unknown> {
  // LATERAL makes Postgres look up the index once per SKU, even without statistics for a table that has just grown.
  return sql`
    total as (
      select shift.sku, (shift.units + stock.available)::bigint as available from shift cross join lateral (
        select coalesce(sum(level.on_hand - level.reserved), 0) as available from stock_level level
          join warehouse on warehouse.tenant_id = level.tenant_id and warehouse.id = level.warehouse_id and warehouse.active
         where level.tenant_id = ${tenantId} and level.sku = shift.sku) stock
    )`;
}

/** The rows of `total` as one JSON value, for a statement that also returns other values. */
export const TOTALS = sql<SkuAvailability[]>`
  (select coalesce(json_agg(json_build_object('sku', sku, 'available', available) order by sku), '[]') from total)`;
