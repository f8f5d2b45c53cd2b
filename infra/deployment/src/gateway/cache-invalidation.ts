import {
  CatalogImported,
  CategoryChanged,
  CollectionChanged,
  MediaChanged,
  PriceListChanged,
  ProductChanged,
  ProductsStockTurned,
  SearchIndexed,
} from '@souk/catalog/contract';
import type { Gateway } from '@souk/gateway';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';

/**
 * The events, each with the types whose cached answers it makes stale. A change of a category or a collection also makes lists of products
 * stale. Results of searches become stale when the index has followed, because until then a search would find the old state again.
 */
const STALE_TYPES = [
  [ProductChanged, ['Product', 'ProductVariant']],
  [CategoryChanged, ['Category', 'Product']],
  [CollectionChanged, ['Collection', 'Product']],
  [ProductsStockTurned, ['Product']],
  [PriceListChanged, ['Product', 'ProductVariant']],
  [MediaChanged, ['Media', 'Product']],
  [SearchIndexed, ['SearchConnection', 'SearchSuggestions']],
  [CatalogImported, ['Category', 'Collection', 'Product', 'ProductVariant']],
] as const;

/** The gateway's reader of the catalog's events. */
export const RESPONSES_READER: EventReader = {
  name: 'gateway.responses',
  events: STALE_TYPES.map(([event]) => event),
  batchSize: 100,
  everyProcess: true,
};

/**
 * Invalidates cached answers when their content changes. Events are processed in batches, because an import publishes thousands of events.
 */
export function cacheInvalidation(gateway: Pick<Gateway, 'invalidate' | 'invalidateAll'>): EventConsumer {
  const stale = new Map<string, readonly string[]>(STALE_TYPES.map(([{ subject }, types]) => [subject, types]));
  return {
    ...RESPONSES_READER,
    async handle(envelopes) {
      const [first] = envelopes;
      if (!first) return;
      const types = envelopes.flatMap(({ event_type }) => stale.get(event_type) ?? []);
      await gateway.invalidate(first.tenant_id, [...new Set(types)]);
    },
    missed: () => gateway.invalidateAll(),
    park: async () => undefined, // cached answers also expire by age
  };
}
