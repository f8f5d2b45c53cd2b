import { sign, verify, type KeyObject } from 'node:crypto';
import { readSigningKey, readVerificationKeys } from '../../http/index.ts';

/** The private key of a process, and the public keys of all signers. */
export interface MessageKeyFiles {
  /** The name of the signer: a subgraph, or `gateway`. */
  readonly name: string;
  /** PKCS8 of an Ed25519 key. Null for a process that only verifies. */
  readonly privateKeyPem: string | null;
  /** SPKI PEM of Ed25519 keys, by subgraph. A text has several blocks during a key rotation. */
  readonly publicKeyPems: ReadonlyMap<string, string>;
}

/** A signature, and the id of the key that created it. */
export interface MessageSignature {
  readonly keyId: string;
  readonly bytes: Buffer;
}

/** Signs messages as one subgraph (Ed25519, RFC 8032), and verifies the messages of all subgraphs. */
export class MessageKeys {
  readonly name: string;
  readonly #own: ReturnType<typeof readSigningKey> | null;
  readonly #peers: ReadonlyMap<string, ReadonlyMap<string, KeyObject>>;

  /** @throws Error with the name of the subgraph whose key cannot be read */
  constructor({ name, privateKeyPem, publicKeyPems }: MessageKeyFiles) {
    this.name = name;
    this.#own = privateKeyPem === null ? null : readSigningKey(privateKeyPem);
    this.#peers = new Map([...publicKeyPems].map(([peer, pem]) => [peer, readPeer(peer, pem)]));
  }

  /** Signs data. @throws Error in a process that has no private key */
  sign(data: Buffer): MessageSignature {
    if (!this.#own) throw new Error(`"${this.name}" has no key to sign messages with: set MESSAGE_KEY_FILE`);
    return { keyId: this.#own.keyId, bytes: sign(null, data, this.#own.key) };
  }

  /** Whether `signer` signed `data`. False for an unknown signer or key. */
  verify(signer: string, data: Buffer, { keyId, bytes }: MessageSignature): boolean {
    const key = this.#peers.get(signer)?.get(keyId);
    return key !== undefined && verify(null, data, key, bytes);
  }
}

function readPeer(peer: string, pem: string): ReadonlyMap<string, KeyObject> {
  try {
    return readVerificationKeys(pem);
  } catch (cause) {
    throw new Error(`The public keys of "${peer}" cannot be read`, { cause });
  }
}
