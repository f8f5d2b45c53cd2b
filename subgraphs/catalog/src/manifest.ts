import { AvailabilityChanged } from '@souk/inventory/contract';
import { defineManifest, defineReader } from '@souk/kit/manifest';
import * as contract from './contract.ts';

/** Copies the availability of SKUs into the catalog. The filter `inStock` and the invalidation of cached responses need the copy. */
export const availabilityReader = defineReader({
  name: 'catalog.follow-availability',
  event: AvailabilityChanged,
  batchSize: 500,
});

/** The events after which the search index follows the changes that their transactions marked. */
export const searchReaders = [
  defineReader({ name: 'catalog.search-products', event: contract.ProductChanged, batchSize: 100 }),
  defineReader({ name: 'catalog.search-stock', event: contract.ProductsStockTurned, batchSize: 100 }),
  defineReader({ name: 'catalog.search-categories', event: contract.CategoryChanged, batchSize: 100 }),
  defineReader({ name: 'catalog.search-collections', event: contract.CollectionChanged, batchSize: 100 }),
  defineReader({ name: 'catalog.search-imports', event: contract.CatalogImported }),
];

/** Indexes what one event must not: imports, rebuilds, and changes of many products. */
export const searchJob = 'catalog.index-search';

export const catalogManifest = defineManifest({
  name: 'catalog',
  port: 4001,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  readers: [availabilityReader, ...searchReaders],
  jobs: [
    { name: searchJob },
    { name: 'catalog.run-imports', runsIn: 'worker' },
    { name: 'catalog.forget-imports', runsIn: 'worker' },
  ],
  feeds: [contract.ImportChanged],
  worker: { port: 4011, poolSize: 4 },
  load: async () => (await import('./index.ts')).catalog,
});
