import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** A private key that signs contexts, and the key id (`kid`) by which subgraphs find its public key. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly keyId: string;
}

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** Reads an Ed25519 private key. @param pem PKCS8 @throws Error when the text is not such a key */
export function readSigningKey(pem: string): SigningKey {
  const key = requireEd25519(createPrivateKey(pem));
  return { key, keyId: keyIdOf(createPublicKey(key)) };
}

/**
 * Reads Ed25519 public keys by their ids. There is more than one key during a key rotation.
 * @param pem SPKI blocks, one after the other
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
