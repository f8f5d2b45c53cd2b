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

/** The last characters of a key. People recognize the key by them. */
export function hintOf(key: string): string {
  return key.slice(-HINT_LENGTH);
}

export function apiKeyExpiry(lifetimeDays: number, now: Date): Date {
  return new Date(now.getTime() + lifetimeDays * DAY_MS);
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

/** Checks IP addresses and networks: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`. */
export function validAddresses(addresses: readonly string[]): Result<readonly string[], AddressInvalid> {
  const index = addresses.findIndex((address) => !NETWORK.safeParse(address).success);
  if (index === -1) return ok([...new Set(addresses)]);
  const message = 'This is no IP address and no network: write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32';
  return err(failure('ADDRESS_INVALID', message, ['allowedAddresses', `${index}`]));
}
