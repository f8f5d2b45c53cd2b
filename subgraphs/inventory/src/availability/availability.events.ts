import { createHash } from 'node:crypto';
import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { AvailabilityChanged } from '../contract.ts';

/** The number of units of a SKU that can be bought, summed over all active warehouses. */
export interface SkuAvailability {
  readonly sku: string;
  readonly available: number;
}

/** The events for SKUs whose availability changed: one for each SKU. The last entry of a SKU counts. */
export function availabilityChanged(tenantId: string, changed: readonly SkuAvailability[]): DomainEvent[] {
  const last = new Map(changed.map(({ sku, available }) => [sku, available]));
  return [...last].map(([sku, available]) =>
    eventOf(AvailabilityChanged, availabilityId(tenantId, sku), { sku, available }),
  );
}

/** The aggregate id of a SKU's availability. The id is a name-based UUID, because a SKU is a text, and no table may contain it. */
export function availabilityId(tenantId: string, sku: string): string {
  const hex = createHash('sha256').update(`${tenantId}:${sku}`).digest('hex');
  // The UUID has version 8 (free form) and the variant of RFC 9562.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
