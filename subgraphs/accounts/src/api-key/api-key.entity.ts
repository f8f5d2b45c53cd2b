import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';

/** A key with which a program calls the API. The table contains only hashes of the key. */
export const ApiKeyEntity = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    ...baseColumns,
    name: p.text(),
    secretHash: p.text(),
    hint: p.text(),
    scopes: p.array<string>().columnType('text[]'),
    allowedAddresses: p.array<string>().columnType('text[]'),
    expiresAt: p.datetime(),
    previousHash: p.text().nullable(),
    previousExpiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
  filters: notDeleted,
});
export type ApiKeyEntity = InferEntity<typeof ApiKeyEntity>;

/**
 * The time of the latest use of an API key. A SECURITY DEFINER function writes the rows, because a key is used before its tenant is known.
 */
export const ApiKeyUseEntity = defineEntity({
  name: 'ApiKeyUse',
  tableName: 'api_key_use',
  properties: { ...tenantColumn, apiKeyId: p.uuid().primary(), lastUsedAt: p.datetime() },
});
