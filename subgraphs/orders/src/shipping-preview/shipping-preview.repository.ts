import { localeCandidates } from '@souk/kit/domain';
import { fixedStatement } from '@souk/kit/persistence';
import type { OrdersRead } from '../database.ts';
import type { ShippingTerms } from '../shipping-method/shipping-method.ts';
import {
  SHIPPING_TERMS,
  termsOf,
  ZONE_OF_ADDRESS,
  type ShippingTermsRow,
} from '../shipping-method/shipping-terms.repository.ts';

const MAX_METHODS = 500;

const methodsAt = fixedStatement<ShippingTermsRow>(
  `${SHIPPING_TERMS} order by method.sort_order, method.id limit ${MAX_METHODS}`,
);
const zoneAt = fixedStatement<{ readonly zone_id: string }>(ZONE_OF_ADDRESS);

/** All methods of the tenant at an address, including methods that are not offered. @param place the result of `placeOf` */
export async function findTermsAt(
  { db, tenantId, ctx }: OrdersRead,
  place: readonly (string | null)[],
  currency: string,
): Promise<ShippingTerms[]> {
  const { rows } = await methodsAt(db, tenantId, ...place, currency, ...localeCandidates(ctx.locale));
  return rows.map((row) => termsOf(row, currency));
}

/**
 * The id of the shipping zone of an address. Null when the address is not in any zone.
 * @param place the result of `placeOf`
 */
export async function findZoneIdAt(
  { db, tenantId }: OrdersRead,
  place: readonly (string | null)[],
): Promise<string | null> {
  return (await zoneAt(db, tenantId, ...place)).rows[0]?.zone_id ?? null;
}
