import { err, ok, type Clock, type Result } from '@souk/kit/domain';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type LocalJWKSet } from 'jose';
import { BoundedCache } from '@souk/engine/operation';
import type { ApiKeySource } from './api-keys.ts';
import { tokenClaims, type TokenClaims } from './token-claims.ts';

/** Issues access tokens, and looks up API keys. Without `apiKey` API keys are refused. */
export interface IdentityProvider extends Partial<ApiKeySource> {
  /** The public RSA keys that verify tokens, including recently rotated keys. */
  keys(): Promise<JSONWebKeySet>;
}

/** The reason why a token is not accepted. */
export type TokenProblem = 'EXPIRED' | 'INVALID';

const ISSUER_AND_AUDIENCE = 'souk';
const VERIFIED_TOKENS = 10_000;
/**
 * The minimum interval between fetches of the keys. Without this interval, every token with an unknown key id would
 * cause a fetch.
 */
const REFETCH_INTERVAL_MS = 10_000;

/**
 * Verifies access tokens. A valid token is signed with RS256, has `souk` as issuer and audience, and has not expired.
 */
export class TokenVerifier {
  readonly #identity: Pick<IdentityProvider, 'keys'>;
  readonly #clock: Clock;
  readonly #verified = new BoundedCache<string, TokenClaims>(VERIFIED_TOKENS);
  #keys: LocalJWKSet | null = null;
  #fetchedAtMs = 0;

  constructor(identity: Pick<IdentityProvider, 'keys'>, clock: Clock) {
    this.#identity = identity;
    this.#clock = clock;
  }

  /**
   * The claims of a token.
   * @throws Error only when the keys cannot be fetched
   */
  async verify(token: string): Promise<Result<TokenClaims, TokenProblem>> {
    const known = this.#verified.get(token);
    if (known) return known.expiresAt > this.#clock.now() ? ok(known) : err('EXPIRED');
    const claims = await this.#check(token, this.#keys ?? (await this.#fetchKeys()));
    if (claims.ok) this.#verified.set(token, claims.value);
    return claims;
  }

  async #check(token: string, keys: LocalJWKSet): Promise<Result<TokenClaims, TokenProblem>> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: ISSUER_AND_AUDIENCE,
        audience: ISSUER_AND_AUDIENCE,
        currentDate: this.#clock.now(),
      });
      const claims = tokenClaims(payload);
      return claims ? ok(claims) : err('INVALID');
    } catch (error) {
      if (error instanceof errors.JWTExpired) return err('EXPIRED');
      // A new key may be missing in the cache, so the keys are fetched once more unless they were fetched a moment ago.
      if (error instanceof errors.JWKSNoMatchingKey && this.#mayRefetch()) {
        return this.#check(token, await this.#fetchKeys());
      }
      if (error instanceof errors.JOSEError) return err('INVALID');
      throw error;
    }
  }

  #mayRefetch(): boolean {
    return this.#clock.now().getTime() - this.#fetchedAtMs >= REFETCH_INTERVAL_MS;
  }

  /** Fetches the keys. Clears the cache of verified tokens, because a token of a removed key is no longer valid. */
  async #fetchKeys(): Promise<LocalJWKSet> {
    this.#fetchedAtMs = this.#clock.now().getTime();
    this.#keys = createLocalJWKSet(await this.#identity.keys());
    this.#verified.clear();
    return this.#keys;
  }
}
