import { LRUCache } from 'lru-cache';
import { HASH_BYTES, leafHash, merkleTree, rootFromPath } from './merkle-tree.ts';
import { chunksOf } from '@souk/kit/domain';
import type { MessageKeys, MessageSignature } from './message-keys.ts';

/** Header of an event: `<key id> <signature> <index>/<size> <path>`. The bytes are base64url. `-` stands for an empty path. */
export const SIGNATURE_HEADER = 'Souk-Signature';

/** Prefix of the signed data, which separates signatures of events from signatures of other data. */
const PURPOSE = 'souk events 1\n';
/** The number of verified batches that a process remembers. Events of one batch reach a process within seconds of each other. */
const BATCHES = 1000;
const NO_PATH = '-';
const WRITTEN = /^([\w-]{1,64}) ([\w-]{86}) (\d{1,6})\/(\d{1,6}) ([\w-]+)$/;

/** The parsed header of one event. */
interface EventSignature {
  readonly signature: MessageSignature;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Buffer[];
}

/**
 * The number of events under one signature. A signature costs as much as 30 hashes. Each doubling of the group adds 32 bytes to every
 * event.
 */
const GROUP_SIZE = 32;

/**
 * Signs the bodies of a batch in groups. The events of a group form a Merkle tree, and one signature covers the root of the tree. Each
 * event carries its own path to the root, so it can be verified, parked and replayed alone.
 * @returns a header for each body, in order
 */
export function signEvents(keys: MessageKeys, bodies: readonly string[]): readonly string[] {
  return [...chunksOf(bodies, GROUP_SIZE)].flatMap((group) => signGroup(keys, group));
}

function signGroup(keys: MessageKeys, bodies: readonly string[]): readonly string[] {
  const tree = merkleTree(bodies.map(leafHash));
  const { keyId, bytes } = keys.sign(signedBytes(tree.root));
  const signature = bytes.toString('base64url');
  return bodies.map((_, index) => {
    const path = Buffer.concat(tree.pathOf(index)).toString('base64url');
    // A header that ends with a space would arrive without the space, so an empty path is written as `-`.
    return `${keyId} ${signature} ${index}/${bodies.length} ${path || NO_PATH}`;
  });
}

/** Verifies events. Events of one batch share a signature, which is verified once. */
export class EventVerifier {
  readonly #keys: MessageKeys;
  readonly #verified = new LRUCache<string, true>({ max: BATCHES });

  constructor(keys: MessageKeys) {
    this.#keys = keys;
  }

  /** Whether `signer` published this body. */
  verify(signer: string, body: string, header: string): boolean {
    const read = readHeader(header);
    const root = read && rootFromPath(leafHash(body), read);
    if (!read || !root) return false;
    const { keyId, bytes } = read.signature;
    const batch = [signer, keyId, root.toString('base64'), bytes.toString('base64')].join(' ');
    if (this.#verified.has(batch)) return true;
    const isGenuine = this.#keys.verify(signer, signedBytes(root), read.signature);
    if (isGenuine) this.#verified.set(batch, true);
    return isGenuine;
  }
}

const signedBytes = (root: Buffer) => Buffer.concat([Buffer.from(PURPOSE), root]);

function readHeader(header: string): EventSignature | null {
  const [, keyId, signature, index, size, path] = WRITTEN.exec(header) ?? [];
  if (keyId === undefined || signature === undefined || path === undefined) return null;
  const hashes = Buffer.from(path === NO_PATH ? '' : path, 'base64url');
  return {
    signature: { keyId, bytes: Buffer.from(signature, 'base64url') },
    index: Number(index),
    size: Number(size),
    path: Array.from({ length: Math.ceil(hashes.length / HASH_BYTES) }, (_, place) =>
      hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
    ),
  };
}
