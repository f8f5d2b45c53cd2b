import { createHash } from 'node:crypto';
import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { AvailabilityChanged, StockLow } from '../contract.ts';

/** The units of a SKU that can be bought now, summed over all active warehouses. */
export interface SkuAvailability {
  readonly sku: string;
  readonly available: number;
  /** The available units before the change. Absent when no change of stock is known. */
  readonly before?: number;
  /** The number of available units at or below which the stock is low. Null when no threshold is set. */
  readonly lowAt?: number | null;
}

/**
 * The events for SKUs whose availability changed: one for each SKU, and another if the SKU became low. The first entry of a SKU has its
 * availability before the change, and the last entry after the change.
 */
export function availabilityChanged(tenantId: string, changed: readonly SkuAvailability[]): DomainEvent[] {
  return [...Map.groupBy(changed, ({ sku }) => sku)].flatMap(([sku, entries]) => {
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return [];
    const { available, lowAt: threshold = null } = last;
    const id = availabilityId(tenantId, sku);
    const isLow =
      threshold !== null && first.before !== undefined && first.before > threshold && available <= threshold;
    return [
      eventOf(AvailabilityChanged, id, { sku, available }),
      ...(isLow ? [eventOf(StockLow, id, { sku, available, threshold })] : []),
    ];
  });
}

/**
 * The aggregate id of a SKU's availability: a UUID from the hash of tenant and SKU. An aggregate id must be a UUID, and no table has a row
 * for a SKU alone.
 */
export function availabilityId(tenantId: string, sku: string): string {
  const hex = createHash('sha256').update(`${tenantId}:${sku}`).digest('hex');
  // The UUID has version 8 (free form) and the variant of RFC 9562.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
