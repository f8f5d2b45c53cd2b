import type { AvailabilityType } from './availability.types.ts';

/** The largest value of a GraphQL Int. The sum over all warehouses can be larger. */
const MAX_INT = 2_147_483_647;

export function presentAvailability(units: number): AvailabilityType {
  return { inStock: units > 0, quantity: Math.min(units, MAX_INT) };
}
