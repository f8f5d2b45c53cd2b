import { failure, uniqueViolations, type Failure } from '@souk/kit/domain';

/** The highest number of a tenant's zones. */
export const MAX_SHIPPING_ZONES = 200;

/** Returned when a tenant would have more zones than the maximum. */
export function zoneLimitReached(): Failure<'SHIPPING_LIMIT_REACHED'> {
  return failure('SHIPPING_LIMIT_REACHED', `A shop has at most ${MAX_SHIPPING_ZONES} shipping zones; delete one first`);
}

/** The failure of a zone whose code another zone has. */
export const ZONE_CODE_TAKEN = uniqueViolations(
  ['shipping_zone_code_taken'],
  'CODE_TAKEN',
  'There is a shipping zone with this code; change that one, or choose another code',
  'code',
);

/** The failure of a deleted zone in which a method still has prices. */
export const ZONE_IN_USE = uniqueViolations(
  ['shipping_method_zone_zone_fk'],
  'SHIPPING_ZONE_IN_USE',
  'A shipping method has prices in this zone; remove them with shippingMethodUpdate first',
  'id',
);
