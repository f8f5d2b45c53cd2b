import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { BoundedCache } from '@souk/engine/operation';
import { API_KEY_ROLE } from '@souk/kit/context';
import { err, ok, type Clock, type Result } from '@souk/kit/domain';
import { addressKey } from './address-key.ts';
import type { TokenClaims } from './token-claims.ts';

/** An API key's tenant, scopes and restrictions. */
export interface ApiKeyGrant {
  readonly keyId: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  /** IP addresses and networks (CIDR) from which the key may be used. An empty list allows every address. */
  readonly allowedAddresses: readonly string[];
  readonly expiresAt: Date;
}

/** The database of API keys. */
export interface ApiKeySource {
  /** The rights of the key with this SHA-256 (base64url), or null for an unknown, expired or revoked key. */
  apiKey(secretHash: string): Promise<ApiKeyGrant | null>;
}

/** Limits the look-ups of unknown keys by one client address. */
export interface LookUpBrake {
  /** Counts a look-up. @returns whether the client address may look up another key */
  admits(address: string): boolean;
  /** Removes the last look-up from the count, because its key exists. */
  giveBack(address: string): void;
}

/** The reason why a key is not accepted. */
export type ApiKeyProblem = 'INVALID' | 'EXPIRED' | 'ADDRESS' | 'TOO_MANY';

interface KnownKey {
  readonly grant: Promise<GrantedKey | null>;
  readonly untilMs: number;
}

interface GrantedKey {
  readonly claims: TokenClaims;
  readonly addresses: BlockList | null;
}

/** The format of a key: a prefix, and 256 bits in base64url. */
const SHAPE = /^souk_[\w-]{43}$/;
const REMEMBERED = 10_000;
/**
 * How long the result of a look-up is cached, in milliseconds. A revoked key is refused earlier, because its revocation is published like
 * the end of a session.
 */
const BELIEVED_MS = 30_000;

/** Whether a bearer token is an API key. */
export function isApiKey(token: string): boolean {
  return token.startsWith('souk_');
}

/** Verifies API keys. Keys are looked up by their hash, and the results are cached by the hash. */
export class ApiKeyVerifier {
  readonly #source: ApiKeySource;
  readonly #brake: LookUpBrake;
  readonly #clock: Clock;
  readonly #known = new BoundedCache<string, KnownKey>(REMEMBERED);

  constructor(source: ApiKeySource, brake: LookUpBrake, clock: Clock) {
    this.#source = source;
    this.#brake = brake;
    this.#clock = clock;
  }

  /**
   * The claims of a key.
   * @throws Error only when the key is not known and cannot be looked up
   */
  async verify(key: string, address: string): Promise<Result<TokenClaims, ApiKeyProblem>> {
    if (!SHAPE.test(key)) return err('INVALID');
    const hash = createHash('sha256').update(key).digest('base64url');
    const now = this.#clock.now();
    const known = this.#known.get(hash);
    const grant = await (known && known.untilMs > now.getTime() ? known.grant : this.#lookUp(hash, address, known));
    if (grant === 'TOO_MANY') return err('TOO_MANY');
    if (!grant) return err('INVALID');
    if (grant.claims.expiresAt <= now) return err('EXPIRED');
    return grant.addresses === null || includes(grant.addresses, address) ? ok(grant.claims) : err('ADDRESS');
  }

  /**
   * Looks a key up. The limit on look-ups is for client addresses that send unknown keys, so a key that was found
   * earlier does not count.
   */
  async #lookUp(hash: string, address: string, known: KnownKey | undefined): Promise<GrantedKey | null | 'TOO_MANY'> {
    const earlier = known ? await known.grant.catch(() => null) : null;
    if (earlier === null && !this.#brake.admits(addressKey(address))) return 'TOO_MANY';
    const asked = this.#source.apiKey(hash).then((grant) => grant && grantedKey(grant));
    // While the source is down, a key that was found earlier stays valid. Keys cannot be revoked without the source either.
    const grant = earlier === null ? asked : asked.catch(() => earlier);
    const entry = this.#known.set(hash, { grant, untilMs: this.#clock.now().getTime() + BELIEVED_MS });
    try {
      const found = await entry.grant;
      if (found !== null && earlier === null) this.#brake.giveBack(addressKey(address));
      return found;
    } catch (error) {
      this.#known.set(hash, { grant: Promise.resolve(null), untilMs: 0 });
      throw error;
    }
  }
}

function grantedKey({ keyId, tenantId, scopes, allowedAddresses, expiresAt }: ApiKeyGrant): GrantedKey {
  const person = { groups: [], customerId: null, company: null };
  // `sessionId` is the key's id, so a revoked key is refused like the token of an ended session.
  const claims = { userId: keyId, sessionId: keyId, tenantId, role: API_KEY_ROLE, scopes, expiresAt, ...person };
  return { claims, addresses: allowedAddresses.length === 0 ? null : blockListOf(allowedAddresses) };
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function includes(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
