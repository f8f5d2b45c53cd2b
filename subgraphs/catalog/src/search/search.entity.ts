import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The settings of a tenant's search. */
export const SearchSettingsEntity = defineEntity({
  name: 'SearchSettings',
  tableName: 'search_settings',
  properties: {
    tenantId: tenantColumn.tenantId.primary(),
    /** The languages that have search documents, without the default language. */
    languages: p.array(),
    /** Groups of phrases that have the same meaning. */
    synonyms: p.json<string[][]>(),
  },
});

/** Marks a product whose search documents are outdated. */
export const SearchPendingEntity = defineEntity({
  name: 'SearchPending',
  tableName: 'search_pending',
  properties: {
    ...tenantColumn,
    id: p.bigint('number').primary(),
    productId: p.uuid(),
    markedAt: p.datetime(),
  },
});

/** Marks a product whose documents a search engine outside of Postgres does not have yet. */
export const SearchExportEntity = defineEntity({
  name: 'SearchExport',
  tableName: 'search_export',
  properties: {
    ...tenantColumn,
    id: p.bigint('number').primary(),
    productId: p.uuid(),
    markedAt: p.datetime(),
  },
});
