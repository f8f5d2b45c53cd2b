import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** A key that signs contexts, and the name by which verifiers find its other half. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly keyId: string;
}

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** @param pem PKCS8 of an Ed25519 key. @throws Error when it is none. */
export function readSigningKey(pem: string): SigningKey {
  const key = requireEd25519(createPrivateKey(pem));
  return { key, keyId: keyIdOf(createPublicKey(key)) };
}

/**
 * The public keys by their ids: several while a new one takes over.
 * @param pem SPKI of Ed25519 keys, one after the other. @throws Error when there is none, or one of another kind.
 */
export function readVerificationKeys(pem: string): ReadonlyMap<string, KeyObject> {
  const blocks = pem.match(PEM_BLOCK) ?? [];
  if (blocks.length === 0) throw new Error('there is no "-----BEGIN PUBLIC KEY-----" in it');
  return new Map(
    blocks.map((block) => {
      const key = requireEd25519(createPublicKey(block));
      return [keyIdOf(key), key] as const;
    }),
  );
}

function requireEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new Error(`it is a key of ${key.asymmetricKeyType}, not of Ed25519`);
}

function keyIdOf(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64url').slice(0, 16);
}
