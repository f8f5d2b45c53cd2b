import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** A key that signs contexts, and the id by which verifiers find its public key. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly keyId: string;
}

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** Reads the private key. @param pem PKCS8 of an Ed25519 key. @throws Error when the text is not such a key */
export function readSigningKey(pem: string): SigningKey {
  const key = requireEd25519(createPrivateKey(pem));
  return { key, keyId: keyIdOf(createPublicKey(key)) };
}

/**
 * Reads public keys by their ids. There are several keys while a new key replaces an old key.
 * @param pem SPKI of Ed25519 keys, one after the other
 * @throws Error for a text without a public key, and for a key of another kind
 */
export function readVerificationKeys(pem: string): ReadonlyMap<string, KeyObject> {
  const blocks = pem.match(PEM_BLOCK) ?? [];
  if (blocks.length === 0) throw new Error('the text has no "-----BEGIN PUBLIC KEY-----" block');
  return new Map(
    blocks.map((block) => {
      const key = requireEd25519(createPublicKey(block));
      return [keyIdOf(key), key] as const;
    }),
  );
}

function requireEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new Error(`the key is of type ${key.asymmetricKeyType}: use an Ed25519 key`);
}

function keyIdOf(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64url').slice(0, 16);
}
