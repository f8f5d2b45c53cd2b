import type { ApiKeyRecord } from './api-key.repository.ts';
import type { ApiKeyType } from './api-key.types.ts';

/** The GraphQL fields of an API key. */
export function presentApiKey(key: ApiKeyRecord): ApiKeyType {
  const { id, name, hint, scopes, version } = key;
  return {
    id,
    name,
    hint,
    scopes,
    allowedAddresses: key.allowed_addresses,
    expiresAt: key.expires_at,
    previousExpiresAt: key.previous_expires_at,
    lastUsedAt: key.last_used_at,
    createdAt: key.created_at,
    createdBy: key.created_by,
    updatedAt: key.updated_at,
    updatedBy: key.updated_by,
    version,
  };
}
