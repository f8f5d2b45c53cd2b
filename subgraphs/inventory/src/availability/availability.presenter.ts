import type { AvailabilityType } from './availability.types.ts';

/** The largest GraphQL Int. The sum over all warehouses can exceed this number. */
const MAX_INT = 2_147_483_647;

export function presentAvailability(units: number): AvailabilityType {
  return { inStock: units > 0, quantity: Math.min(units, MAX_INT) };
}
