import { failure, uniqueViolations, type Failure } from '@souk/kit/domain';

/** The maximum number of shipping zones of a tenant. */
export const MAX_SHIPPING_ZONES = 200;

/** Returned when a tenant has the maximum number of shipping zones. */
export function zoneLimitReached(): Failure<'SHIPPING_LIMIT_REACHED'> {
  return failure('SHIPPING_LIMIT_REACHED', `A shop has at most ${MAX_SHIPPING_ZONES} shipping zones; delete one first`);
}

/** The failure when another zone of the tenant has the same code. */
export const ZONE_CODE_TAKEN = uniqueViolations(
  ['shipping_zone_code_taken'],
  'CODE_TAKEN',
  'There is a shipping zone with this code; change that one, or choose another code',
  'code',
);

/** The failure when staff delete a zone in which a shipping method has prices. */
export const ZONE_IN_USE = uniqueViolations(
  ['shipping_method_zone_zone_fk'],
  'SHIPPING_ZONE_IN_USE',
  'A shipping method has prices in this zone; remove them with shippingMethodUpdate first',
  'id',
);
