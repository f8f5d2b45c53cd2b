import { createHash, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** Returned when the shop has the maximum number of API keys. */
export type ApiKeyLimitReached = Failure<'API_KEY_LIMIT_REACHED'>;
/** Returned for a scope that no subgraph declares. */
export type ScopeUnknown = Failure<'SCOPE_UNKNOWN'>;
/** Returned when a key would get a scope that the caller lacks. */
export type ScopeNotGrantable = Failure<'SCOPE_NOT_GRANTABLE'>;
/** Returned for a text that is no IP address and no network. */
export type AddressInvalid = Failure<'ADDRESS_INVALID'>;
export type ApiKeyRefusal = ApiKeyLimitReached | ScopeUnknown | ScopeNotGrantable | AddressInvalid;

/** The maximum number of keys of a shop that are not revoked. */
export const MOST_KEYS = 100;
export const LONGEST_LIFETIME_DAYS = 90;
const KEY_BYTES = 32;
const HINT_LENGTH = 4;
const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

/** A new key: the prefix by which scanners of repositories recognize keys of Souk, and 256 random bits. */
export function newApiKey(): string {
  return `souk_${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** The form in which a key is stored and looked up. A fast hash is enough, because the key cannot be guessed. */
export function apiKeyHash(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** The end of a key, by which people recognize it. */
export function hintOf(key: string): string {
  return key.slice(-HINT_LENGTH);
}

export function apiKeyExpiry(lifetimeDays: number, now: Date): Date {
  return new Date(now.getTime() + lifetimeDays * DAY_MS);
}

/** The time until which a rotated key works. A key does not work longer than it would have worked without the rotation. */
export function overlapEnd(overlapHours: number, expiresAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + overlapHours * HOUR_MS, expiresAt.getTime()));
}

/** Checks the scopes of a new key. A caller grants no scope that the caller lacks. */
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

/** Checks addresses and networks: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`. */
export function validAddresses(addresses: readonly string[]): Result<readonly string[], AddressInvalid> {
  const index = addresses.findIndex((address) => !isNetwork(address));
  if (index === -1) return ok([...new Set(addresses)]);
  const message = 'This is no IP address and no network: write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32';
  return err(failure('ADDRESS_INVALID', message, ['allowedAddresses', `${index}`]));
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^(0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}
