import { TenantChanged } from '@souk/accounts/contract';
import { AvailabilityChanged } from '@souk/inventory/contract';
import { defineManifest, defineReader, settingVariables } from '@souk/kit/manifest';
import { z } from 'zod';
import * as contract from './contract.ts';

/** Copies the availability of SKUs from inventory. The filter `inStock` and the invalidation of cached responses need the copy. */
export const availabilityReader = defineReader({
  name: 'catalog.follow-availability',
  event: AvailabilityChanged,
  batchSize: 500,
});

/** The events after which outdated products are indexed again. The transactions of the changes have marked these products. */
export const searchReaders = [
  defineReader({ name: 'catalog.search-products', event: contract.ProductChanged, batchSize: 100 }),
  defineReader({ name: 'catalog.search-stock', event: contract.ProductsStockTurned, batchSize: 100 }),
  defineReader({ name: 'catalog.search-categories', event: contract.CategoryChanged, batchSize: 100 }),
  defineReader({ name: 'catalog.search-collections', event: contract.CollectionChanged, batchSize: 100 }),
  defineReader({ name: 'catalog.search-brands', event: contract.BrandChanged, batchSize: 100 }),
  defineReader({ name: 'catalog.search-imports', event: contract.CatalogImported }),
];

/** Consumer that follows the default currency and locale of a shop. */
export const tenantDefaultsReader = defineReader({ name: 'catalog.tenant-defaults', event: TenantChanged });

/** The job that indexes larger changes, such as imports and rebuilds. An event handler would take too long for them. */
export const searchJob = 'catalog.index-search';

/** The job that copies changed products to a search engine outside of Postgres. Does nothing without one. */
export const searchExportJob = 'catalog.export-search';

/** The job that reads the backlog of the search for metrics. */
export const searchMeasureJob = 'catalog.measure-search';

/** The job that creates resized variants of uploaded pictures. */
export const mediaVariantsJob = 'catalog.media-variants';
/** The job that deletes unused pictures. */
export const mediaCleanUpJob = 'catalog.media-clean-up';

const settings = z.object({
  /** The virus scanner that checks uploads. @default uploads are not scanned */
  clamdUrl: z
    .url({ protocol: /^tcp$/, error: 'must look like tcp://clamd:3310; leave it out for no virus scanner' })
    .refine((url) => new URL(url).port !== '', 'must have a port, like tcp://clamd:3310')
    .optional()
    .register(settingVariables, { variable: 'CLAMD_URL' }),
  /** The Elasticsearch 9 that answers searches. User and password may be in the URL. @default Postgres answers searches */
  elasticsearchUrl: z
    .url({
      protocol: /^https?$/,
      error: 'must look like http://elasticsearch:9200; leave it out to search in Postgres',
    })
    .optional()
    .register(settingVariables, { variable: 'ELASTICSEARCH_URL' }),
  /** The alias of the index. Its indices have names that begin with the alias. @default souk-search */
  elasticsearchAlias: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,99}$/, 'must be small letters, digits and hyphens, like souk-search')
    .optional()
    .register(settingVariables, { variable: 'ELASTICSEARCH_ALIAS' }),
  /** The time limit of a search in Elasticsearch, in ms. Afterwards Postgres answers. @default 1500 */
  elasticsearchTimeoutMs: z.int().optional(),
});
export type CatalogSettings = z.infer<typeof settings>;

export const catalogManifest = defineManifest({
  name: 'catalog',
  port: 4001,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  readers: [availabilityReader, ...searchReaders, tenantDefaultsReader],
  jobs: [
    { name: searchJob },
    { name: searchExportJob },
    { name: searchMeasureJob },
    { name: mediaVariantsJob, runsIn: 'worker' },
    { name: mediaCleanUpJob, runsIn: 'worker' },
    { name: 'catalog.run-imports', runsIn: 'worker' },
    { name: 'catalog.forget-imports', runsIn: 'worker' },
  ],
  feeds: [contract.ImportChanged],
  settings,
  worker: { port: 4011, poolSize: 5 },
  load: async () => (await import('./index.ts')).catalog,
});
