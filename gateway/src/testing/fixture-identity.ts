import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import type { IdentityProvider } from '../identity/token-verifier.ts';

/** Claims of a test token that differ from the claims of a valid token. */
export interface TokenOverrides {
  readonly userId?: string;
  readonly tenantId?: string;
  readonly scope?: string;
  readonly sessionId?: string;
  /** Additional claims, by their names in the token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly issuer?: string;
  readonly audience?: string;
  readonly algorithm?: 'RS256' | 'RS384';
  /** A negative number makes an expired token. */
  readonly expiresInSeconds?: number;
}

/** An identity provider with one key, which the test can rotate. */
export interface FixtureIdentity extends IdentityProvider {
  token(overrides?: TokenOverrides): Promise<string>;
  /** Replaces the signing key. `keys` then returns only the new key. */
  rotate(): Promise<void>;
  /** The number of calls of `keys`. */
  readonly asked: number;
}

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const OTHER_TENANT = '22222222-2222-4222-8222-222222222222';
const USER = '33333333-3333-4333-8333-333333333333';

/** Creates an identity provider that signs with a real RSA key. */
export async function fixtureIdentity(): Promise<FixtureIdentity> {
  let current = await newKey(1);
  let asked = 0;
  let generation = 1;
  return {
    get asked() {
      return asked;
    },
    keys: async () => {
      asked += 1;
      return { keys: [current.jwk] };
    },
    rotate: async () => {
      generation += 1;
      current = await newKey(generation);
    },
    token: async ({
      userId = USER,
      tenantId = TENANT,
      scope = '',
      sessionId,
      claims,
      issuer = 'souk',
      audience = 'souk',
      algorithm = 'RS256',
      expiresInSeconds = 900,
    } = {}) =>
      new SignJWT({ tid: tenantId, role: 'OWNER', scope, ...(sessionId && { sid: sessionId }), ...claims })
        .setProtectedHeader({ alg: algorithm, kid: current.kid })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
        .sign(await importJWK(current.privateJwk, algorithm)),
  };
}

async function newKey(generation: number) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = `key-${generation}`;
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, use: 'sig' };
  return { kid, jwk, privateJwk: await exportJWK(privateKey) };
}
