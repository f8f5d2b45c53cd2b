import { AvailabilityChanged } from '@souk/inventory/contract';
import { defineManifest, defineReader } from '@souk/kit/manifest';
import * as contract from './contract.ts';

/** Copies the availability of SKUs into the catalog. The filter `inStock` and the invalidation of cached responses need the copy. */
export const availabilityReader = defineReader({
  name: 'catalog.follow-availability',
  event: AvailabilityChanged,
  batchSize: 500,
});

export const catalogManifest = defineManifest({
  name: 'catalog',
  port: 4001,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  readers: [availabilityReader],
  load: async () => (await import('./index.ts')).catalog,
});
