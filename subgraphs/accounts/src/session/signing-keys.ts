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

/** Generates an RSA key for access tokens, as PKCS8 PEM. Takes a fraction of a second. */
export function generateSigningKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The private key that signs access tokens, with its key id. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

interface LoadedKeys {
  readonly current: SigningKey;
  readonly successorKeys: readonly [Buffer, ...Buffer[]];
}

/** The keys of access tokens. The first key signs new tokens. Tokens that the other keys signed stay valid until they expire. */
export class SigningKeys {
  /** Null in a worker, which runs without a signing key. */
  readonly #loaded: LoadedKeys | null;
  readonly #jwks: JSONWebKeySet;

  /** @param pems RSA keys as PKCS8 PEM, the current key first. Empty in a worker. @throws TypeError for a key of another type */
  constructor(pems: readonly string[]) {
    const keys = pems.map((pem) => createPrivateKey(pem));
    const jwks = keys.map(publicJwk);
    const [[privateKey, ...retired], [jwk]] = [keys, jwks];
    this.#jwks = { keys: jwks };
    this.#loaded =
      privateKey && jwk
        ? {
            current: { privateKey, kid: jwk.kid },
            successorKeys: [successorKey(privateKey), ...retired.map(successorKey)],
          }
        : null;
  }

  /** @throws TypeError in a process without a signing key */
  get current(): SigningKey {
    return this.#keys.current;
  }

  /** The keys from which new refresh tokens are derived, one for each signing key. The key of the current signing key is first. */
  get successorKeys(): readonly [Buffer, ...Buffer[]] {
    return this.#keys.successorKeys;
  }

  get #keys(): LoadedKeys {
    if (!this.#loaded)
      throw new TypeError('This process has no signing key. Set SIGNING_KEY_FILE, or sign in a server of accounts');
    return this.#loaded;
  }

  /** The public keys, as `/.well-known/jwks.json` returns them. */
  jwks(): JSONWebKeySet {
    return this.#jwks;
  }
}

/** Derives the key for new refresh tokens from a signing key (HKDF, RFC 5869). The derived key does not reveal the signing key. */
function successorKey(privateKey: KeyObject): Buffer {
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  return Buffer.from(hkdfSync('sha256', secret, '', 'souk refresh token successor', 32));
}

function publicJwk(privateKey: KeyObject): JWK & { readonly kid: string } {
  if (privateKey.asymmetricKeyType !== 'rsa')
    throw new TypeError('The signing key is not an RSA key. Use an RSA key in PKCS8 PEM');
  const { n, e } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (!n || !e) throw new TypeError('The signing key has no public part. Use an RSA key in PKCS8 PEM');
  return { kty: 'RSA', n, e, kid: thumbprint(n, e), alg: 'RS256', use: 'sig' };
}

/** The JWK thumbprint (RFC 7638) as the key id. The same key has the same id in every process. */
function thumbprint(n: string, e: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
}
