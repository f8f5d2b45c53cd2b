import { UNLIMITED } from './unlimited.ts';
import type { StockOffer } from './availability.repository.ts';
import type { AvailabilityType } from './availability.types.ts';

export function presentAvailability({
  available,
  mode,
  backorderable,
  expectedAt,
}: Omit<StockOffer, 'sku'>): AvailabilityType {
  return {
    inStock: available > 0,
    // The sum over the warehouses may be larger than a GraphQL Int.
    quantity: Math.min(available, UNLIMITED),
    limited: mode !== 'NONE' && mode !== 'TRACK_ONLY',
    backorderable: Math.min(backorderable ?? 0, UNLIMITED),
    expectedAt,
  };
}
