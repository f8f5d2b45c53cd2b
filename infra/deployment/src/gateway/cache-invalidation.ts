import {
  BrandChanged,
  CatalogImported,
  CategoryChanged,
  ChannelChanged,
  CollectionChanged,
  MediaChanged,
  PriceListChanged,
  ProductChanged,
  ProductsStockTurned,
  ReviewChanged,
  SearchIndexed,
} from '@souk/catalog/contract';
import type { Gateway } from '@souk/gateway';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';

/**
 * The types whose cached responses each event makes stale. A change of a category or a collection also makes lists of products stale.
 * Search results become stale with `SearchIndexed`, because before this event a new search would return the old state.
 */
const STALE_TYPES = [
  [ProductChanged, ['Product', 'ProductVariant']],
  [BrandChanged, ['Brand', 'Product']],
  [CategoryChanged, ['Category', 'Product']],
  [CollectionChanged, ['Collection', 'Product']],
  [ProductsStockTurned, ['Product']],
  [PriceListChanged, ['Product', 'ProductVariant']],
  [ChannelChanged, ['Channel', 'Product', 'ProductVariant']],
  [MediaChanged, ['Media', 'Product']],
  [ReviewChanged, ['Product', 'Review']],
  [SearchIndexed, ['SearchConnection', 'SearchSuggestions']],
  [CatalogImported, ['Brand', 'Category', 'Collection', 'Product', 'ProductVariant']],
] as const;

/** The events that make cached responses stale. Every gateway process receives all of them. */
export const RESPONSES_READER: EventReader = {
  name: 'gateway.responses',
  events: STALE_TYPES.map(([event]) => event),
  batchSize: 100,
  everyProcess: true,
};

/**
 * Invalidates cached responses when their content changes. Events are processed in batches, because an import publishes thousands of
 * events.
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
