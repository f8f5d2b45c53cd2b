import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';

/** An API key without its hashes. */
export interface ApiKeyRecord {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly allowed_addresses: readonly string[];
  readonly expires_at: Date;
  readonly previous_expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly updated_at: Date;
  readonly updated_by: string | null;
  readonly version: number;
}

/** The tenant, the scopes and the allowed IP addresses of an API key. */
export interface ApiKeyRights {
  readonly keyId: string;
  readonly tenantId: string;
  readonly scopes: string[];
  readonly allowedAddresses: string[];
  readonly expiresAt: Date;
}

interface RightsRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly scopes: string[];
  readonly allowed_addresses: string[];
  readonly expires_at: Date;
}

/** Finds the valid key with a hash in all tenants. Records the use of the key at most once a minute. */
export async function useApiKey(
  directory: Pick<AccountsUnitOfWork, 'callFunction'>,
  hash: string,
  now: Date,
): Promise<ApiKeyRights | null> {
  const [row] = await directory.callFunction<RightsRow>('use_api_key', [hash, now]);
  if (!row) return null;
  const { id: keyId, tenant_id: tenantId, scopes, allowed_addresses: allowedAddresses } = row;
  return { keyId, tenantId, scopes, allowedAddresses, expiresAt: new Date(row.expires_at) };
}

/** A page of the keys that are not revoked, the newest first. */
export function apiKeyPage(
  tx: AccountsTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<ApiKeyRecord>, InvalidPage>> {
  const sort = [{ by: 'api_key.created_at', direction: 'desc' } as const];
  return keysetPage(apiKeys(tx), { sort, id: 'api_key.id', filter: null, page });
}

export async function apiKeyById(tx: AccountsTransaction, id: string): Promise<ApiKeyRecord | null> {
  return (await apiKeys(tx).where('api_key.id', '=', id).executeTakeFirst()) ?? null;
}

/** The number of keys that are not revoked. */
export async function countApiKeys({ db, tenantId }: AccountsTransaction): Promise<number> {
  const { count } = await db
    .selectFrom('api_key')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

function apiKeys({ db, tenantId }: AccountsTransaction) {
  return db
    .selectFrom('api_key')
    .leftJoin('api_key_use', (join) =>
      join.onRef('api_key_use.tenant_id', '=', 'api_key.tenant_id').onRef('api_key_use.api_key_id', '=', 'api_key.id'),
    )
    .select([
      'api_key.id',
      'api_key.name',
      'api_key.hint',
      'api_key.scopes',
      'api_key.allowed_addresses',
      'api_key.expires_at',
      'api_key.previous_expires_at',
      'api_key_use.last_used_at',
      'api_key.created_at',
      'api_key.created_by',
      'api_key.updated_at',
      'api_key.updated_by',
      'api_key.version',
    ])
    .where('api_key.tenant_id', '=', tenantId)
    .where('api_key.revoked_at', 'is', null);
}
