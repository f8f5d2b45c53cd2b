import {
  ShippingMethodListDocument,
  ShippingZoneListDocument,
  type ShippingMethodListQuery,
  type ShippingZoneListQuery,
} from '@souk/sdk';
import { useQuery } from '@tanstack/react-query';
import { souk } from '../../api/client.ts';

/** A shipping method with everything that staff set up. */
export type MethodSetup = NonNullable<ShippingMethodListQuery['shippingMethods']>['nodes'][number];
export type ShippingZone = NonNullable<ShippingZoneListQuery['shippingZones']>['nodes'][number];

const MAX_ENTRIES = 200;

export const METHODS_KEY = ['shipping-methods'] as const;
export const ZONES_KEY = ['shipping-zones'] as const;

/** Reads the shipping methods, in the order in which buyers see them. */
export async function readMethods(signal?: AbortSignal): Promise<readonly MethodSetup[]> {
  const options = signal ? { signal } : {};
  return (await souk.run(ShippingMethodListDocument, { first: MAX_ENTRIES }, options)).shippingMethods?.nodes ?? [];
}

/** Reads the shipping zones, by name. */
export async function readZones(signal?: AbortSignal): Promise<readonly ShippingZone[]> {
  const options = signal ? { signal } : {};
  return (await souk.run(ShippingZoneListDocument, { first: MAX_ENTRIES }, options)).shippingZones?.nodes ?? [];
}

export function useMethods() {
  return useQuery({ queryKey: METHODS_KEY, queryFn: ({ signal }) => readMethods(signal) });
}

export function useZones() {
  return useQuery({ queryKey: ZONES_KEY, queryFn: ({ signal }) => readZones(signal) });
}
