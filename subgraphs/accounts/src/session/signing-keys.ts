import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';

const MODULUS_BITS = 2048;

/** A new RSA key for access tokens, PKCS8 PEM. Takes a fraction of a second. */
export function generateSigningKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The key that signs now. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The first of the keys signs; tokens of the others stay valid until they expire. */
export class SigningKeys {
  readonly current: SigningKey;
  /** Derived from each key, for the successors of refresh tokens. The first belongs to the key that signs. */
  readonly successorKeys: readonly [Buffer, ...Buffer[]];
  readonly #jwks: JSONWebKeySet;

  /** @param pems PKCS8 PEM of RSA keys, at least one. @throws TypeError for any other key, before anything is signed with it. */
  constructor(pems: readonly [string, ...string[]]) {
    const keys = pems.map((pem) => createPrivateKey(pem));
    const jwks = keys.map(publicJwk);
    const [[privateKey, ...retired], [jwk]] = [keys, jwks];
    if (!privateKey || !jwk) throw new TypeError('There is no signing key');
    this.current = { privateKey, kid: jwk.kid };
    this.successorKeys = [successorKey(privateKey), ...retired.map(successorKey)];
    this.#jwks = { keys: jwks };
  }

  /** The public halves, as `/.well-known/jwks.json` shows them. */
  jwks(): JSONWebKeySet {
    return this.#jwks;
  }
}

/** RFC 5869: the derived key reveals nothing about the signing key, and cannot be computed without it. */
function successorKey(privateKey: KeyObject): Buffer {
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  return Buffer.from(hkdfSync('sha256', secret, '', 'souk refresh token successor', 32));
}

function publicJwk(privateKey: KeyObject): JWK & { readonly kid: string } {
  if (privateKey.asymmetricKeyType !== 'rsa') throw new TypeError('Access tokens are signed with RSA keys only');
  const { n, e } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (!n || !e) throw new TypeError('The signing key has no public half');
  return { kty: 'RSA', n, e, kid: thumbprint(n, e), alg: 'RS256', use: 'sig' };
}

/** RFC 7638: the same key has the same name wherever it is loaded. */
function thumbprint(n: string, e: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
}
