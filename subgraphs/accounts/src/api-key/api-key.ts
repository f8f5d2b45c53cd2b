import { createHash, randomBytes } from 'node:crypto';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { z } from 'zod';

/** Returned when the shop has the maximum number of API keys. */
export type ApiKeyLimitReached = Failure<'API_KEY_LIMIT_REACHED'>;
/** Returned for a scope that no subgraph declares. */
export type ScopeUnknown = Failure<'SCOPE_UNKNOWN'>;
/** Returned when a key would receive a scope that the caller lacks. */
export type ScopeNotGrantable = Failure<'SCOPE_NOT_GRANTABLE'>;
/** Returned for a text that is neither an IP address nor a network. */
export type AddressInvalid = Failure<'ADDRESS_INVALID'>;
export type ApiKeyRefusal = ApiKeyLimitReached | ScopeUnknown | ScopeNotGrantable | AddressInvalid;

/** The maximum number of keys of a shop that are not revoked. */
export const MOST_KEYS = 100;
export const LONGEST_LIFETIME_DAYS = 90;
const KEY_BYTES = 32;
const HINT_LENGTH = 4;
const NETWORK = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

/** A new key with 256 random bits. Secret scanners recognize keys of Souk by the prefix. */
export function newApiKey(): string {
  return `souk_${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** The stored form of a key. A fast hash is enough, because a random key of 256 bits cannot be guessed. */
export function apiKeyHash(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** The last characters of a key, by which people recognize the key. */
export function hintOf(key: string): string {
  return key.slice(-HINT_LENGTH);
}

/**
 * The expiry of a new key. A key that another key creates never expires after its creator.
 * @param creator the key that creates the new key @default null, for a key that a user creates
 */
export function apiKeyExpiry(lifetimeDays: number, now: Date, creator: KeyLimits | null = null): Date {
  return new Date(Math.min(now.getTime() + lifetimeDays * DAY_MS, creator?.expiresAt.getTime() ?? Infinity));
}

/** The time at which the previous secret of a rotated key expires. The rotation never extends the lifetime of the previous secret. */
export function overlapEnd(overlapHours: number, expiresAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + overlapHours * HOUR_MS, expiresAt.getTime()));
}

/** Checks the scopes of a new key. Callers can only grant scopes that they have themselves. */
export function grantableScopes(
  scopes: readonly string[],
  { known, has }: { readonly known: readonly string[]; readonly has: (scope: string) => boolean },
): Result<readonly string[], ScopeUnknown | ScopeNotGrantable> {
  for (const [index, scope] of scopes.entries()) {
    const field = ['scopes', `${index}`];
    if (!known.includes(scope))
      return err(failure('SCOPE_UNKNOWN', `There is no scope ${scope}: use one of ${known.join(', ')}`, field));
    if (!has(scope)) return err(failure('SCOPE_NOT_GRANTABLE', `You lack the scope ${scope}: ask an owner`, field));
  }
  return ok([...new Set(scopes)]);
}

/**
 * Checks that the caller has every scope of an existing key. A scope that is no longer declared grants no right, so it is ignored.
 * @param has whether the caller has a scope
 */
export function changeableScopes(
  scopes: readonly string[],
  { known, has }: { readonly known: readonly string[]; readonly has: (scope: string) => boolean },
): Result<void, ScopeNotGrantable> {
  const lacked = scopes.find((scope) => known.includes(scope) && !has(scope));
  if (lacked === undefined) return ok(undefined);
  return err(failure('SCOPE_NOT_GRANTABLE', `The key has the scope ${lacked}, which you lack: ask an owner`, ['id']));
}

/** A key, and the user or key that created it. */
export interface CreatedKey {
  readonly id: string;
  readonly createdBy?: string | null | undefined;
}

/** The key with the id, and all keys that it created, directly or through other keys. */
export function withDescendants<Key extends CreatedKey>(keys: readonly Key[], id: string): readonly Key[] {
  const found = new Set([id]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const key of keys) if (key.createdBy && found.has(key.createdBy)) found.add(key.id);
  }
  return keys.filter((key) => found.has(key.id));
}

/** The limits of an API key. A key that it creates has the same limits or stricter limits. */
export interface KeyLimits {
  readonly allowedAddresses: readonly string[];
  readonly expiresAt: Date;
}

/**
 * Limits a new key to the addresses of the key that creates it. Without its own addresses, the new key has the
 * addresses of its creator.
 * @param creator null for a key that a user creates
 */
export function inheritedAddresses(
  addresses: readonly string[],
  creator: KeyLimits | null,
): Result<readonly string[], AddressInvalid> {
  if (!creator || creator.allowedAddresses.length === 0) return ok(addresses);
  if (addresses.length === 0) return ok(creator.allowedAddresses);
  const index = addresses.findIndex((address) => !creator.allowedAddresses.includes(address));
  if (index === -1) return ok(addresses);
  const message = `The key that creates this key is limited to ${creator.allowedAddresses.join(', ')}: use some of these`;
  return err(failure('ADDRESS_INVALID', message, ['allowedAddresses', `${index}`]));
}

/** Checks IP addresses and networks: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`. */
export function validAddresses(addresses: readonly string[]): Result<readonly string[], AddressInvalid> {
  const index = addresses.findIndex((address) => !NETWORK.safeParse(address).success);
  if (index === -1) return ok([...new Set(addresses)]);
  const message = 'This is no IP address and no network: write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32';
  return err(failure('ADDRESS_INVALID', message, ['allowedAddresses', `${index}`]));
}
