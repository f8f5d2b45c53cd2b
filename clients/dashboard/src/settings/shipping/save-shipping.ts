import {
  ShippingMethodCreateDocument,
  ShippingMethodDeleteDocument,
  ShippingMethodUpdateDocument,
  ShippingZoneCreateDocument,
  ShippingZoneDeleteDocument,
  ShippingZoneUpdateDocument,
} from '@souk/sdk';
import { souk } from '../../api/client.ts';
import { newIdempotencyKey } from '../../api/idempotency-key.ts';
import { accepted } from '../../api/refusal.ts';
import { methodInput, type MethodForm } from './method-form.ts';
import type { MethodSetup, ShippingZone } from './use-shipping.ts';
import { zoneInput, type ZoneForm } from './zone-form.ts';

/** The input fields that identify the changed object: its id, and the version that the staff member saw. */
const changeOf = ({ id, version }: { readonly id: string; readonly version: number }) => ({
  idempotencyKey: newIdempotencyKey(),
  id,
  expectedVersion: version,
});

/** Creates a shipping method when `seen` is null. Otherwise changes the method `seen`. @throws RefusalError */
export async function saveMethod(form: MethodForm, seen: MethodSetup | null): Promise<void> {
  const settings = methodInput(form);
  if (seen) {
    const input = { ...changeOf(seen), ...settings };
    accepted((await souk.run(ShippingMethodUpdateDocument, { input })).shippingMethodUpdate);
  } else {
    const input = { ...settings, idempotencyKey: newIdempotencyKey(), code: form.code.trim() };
    accepted((await souk.run(ShippingMethodCreateDocument, { input })).shippingMethodCreate);
  }
}

/** Creates a shipping zone when `seen` is null. Otherwise changes the zone `seen`. @throws RefusalError */
export async function saveZone(form: ZoneForm, seen: ShippingZone | null): Promise<void> {
  const settings = zoneInput(form);
  if (seen) {
    const input = { ...changeOf(seen), ...settings };
    accepted((await souk.run(ShippingZoneUpdateDocument, { input })).shippingZoneUpdate);
  } else {
    const input = { ...settings, idempotencyKey: newIdempotencyKey(), code: form.code.trim() };
    accepted((await souk.run(ShippingZoneCreateDocument, { input })).shippingZoneCreate);
  }
}

/**
 * Deletes a shipping method. A method that a cart has chosen is switched off instead.
 * @returns whether the method was deleted
 * @throws RefusalError
 */
export async function deleteMethod(method: MethodSetup): Promise<boolean> {
  const { shippingMethodDelete } = await souk.run(ShippingMethodDeleteDocument, { input: changeOf(method) });
  return accepted(shippingMethodDelete).deletedId !== null;
}

/** Deletes a shipping zone. @throws RefusalError when a method has prices in the zone */
export async function deleteZone(zone: ShippingZone): Promise<boolean> {
  const { shippingZoneDelete } = await souk.run(ShippingZoneDeleteDocument, { input: changeOf(zone) });
  return accepted(shippingZoneDelete).deletedId !== null;
}
