import { fixedStatement } from '@souk/kit/persistence';
import type { InventoryRead } from '../database.ts';
import type { StockMode } from '../stock-item/stock-item.ts';
import type { SkuAvailability } from './availability.events.ts';

/** The sellable units of a SKU, with the terms of the sale. */
export interface StockOffer extends SkuAvailability {
  /** Null when the SKU has no stock item, so `RESERVE_ON_ORDER` applies. */
  readonly mode: StockMode | null;
  /**
   * The number of units that can be ordered beyond the sellable units, and that wait for stock. Null without a stock
   * item.
   */
  readonly backorderable: number | null;
  /** The time at which stock is expected. */
  readonly expectedAt: Date | null;
}

const statement = (units: string, held = '') => `
  select wanted.sku, sellable_units(${units}, item) as available, item.mode,
         greatest(item.backorder_limit - item.backordered, 0) as backorderable, item.expected_at as "expectedAt"
    from unnest($2::text[]) as wanted (sku)
   cross join lateral (
     select coalesce(sum(level.on_hand - level.reserved), 0)::bigint as units
       from stock_level level
       join warehouse on warehouse.tenant_id = level.tenant_id and warehouse.id = level.warehouse_id and warehouse.active
      where level.tenant_id = $1 and level.sku = wanted.sku) stock
    left join stock_item item on item.tenant_id = $1 and item.sku = wanted.sku ${held}`;

const offers = fixedStatement<StockOffer>(statement('stock.units'));

const offersToCart = fixedStatement<StockOffer>(
  statement(
    `(stock.units + coalesce(own.units, 0))::bigint`,
    `left join (
     select held.sku, sum(line.quantity) as units from reservation
       join reservation_line line on line.tenant_id = reservation.tenant_id and line.reservation_id = reservation.id
       join stock_level held on held.tenant_id = line.tenant_id and held.id = line.stock_level_id
      where reservation.tenant_id = $1 and reservation.cart_id = $3 and reservation.order_id is null
        and reservation.status = 'HELD'
      group by held.sku) own on own.sku = wanted.sku`,
  ),
);

/**
 * The sellable units of SKUs, added up over all active warehouses.
 * @param cartId the cart whose reserved units count as sellable
 */
export async function availabilityOfSkus(
  tx: InventoryRead,
  skus: readonly string[],
  cartId?: string,
): Promise<readonly StockOffer[]> {
  const found = cartId ? offersToCart(tx.db, tx.tenantId, skus, cartId) : offers(tx.db, tx.tenantId, skus);
  return (await found).rows;
}
