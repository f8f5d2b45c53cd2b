import {
  CatalogImported,
  CategoryChanged,
  CollectionChanged,
  ProductChanged,
  ProductsStockTurned,
} from '@souk/catalog/contract';
import type { Gateway } from '@souk/gateway';
import type { EventConsumer } from '@souk/kit/messaging';

/** Which types of the graph an event makes old, by its subject. Membership counts as a part of what is listed. */
const STALE_TYPES: Readonly<Record<string, readonly string[]>> = {
  [ProductChanged.subject]: ['Product', 'ProductVariant'],
  [CategoryChanged.subject]: ['Category', 'Product'],
  [CollectionChanged.subject]: ['Collection', 'Product'],
  [ProductsStockTurned.subject]: ['Product'],
  [CatalogImported.subject]: ['Category', 'Collection', 'Product', 'ProductVariant'],
};

/** Ends answers that the gateway keeps when something in them changes. Batches: an import is thousands of events. */
export function cacheInvalidation(gateway: Pick<Gateway, 'invalidate'>): EventConsumer {
  return {
    name: 'gateway.responses',
    subjects: Object.keys(STALE_TYPES),
    batchSize: 100,
    async handle(envelopes) {
      const [first] = envelopes;
      if (!first) return;
      const types = envelopes.flatMap(({ event_type }) => STALE_TYPES[event_type] ?? []);
      await gateway.invalidate(first.tenant_id, [...new Set(types)]);
    },
    park: async () => undefined, // answers end by their age all the same
  };
}
