import { createHash } from 'node:crypto';
import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { AvailabilityChanged } from '../contract.ts';

/** The units of a SKU that can be bought now, summed over all active warehouses. */
export interface SkuAvailability {
  readonly sku: string;
  readonly available: number;
}

/** Makes an `AvailabilityChanged` event for each SKU whose availability changed. */
export function availabilityChanged(tenantId: string, changed: readonly SkuAvailability[]): DomainEvent[] {
  return changed.map((each) => eventOf(AvailabilityChanged, availabilityId(tenantId, each.sku), each));
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
