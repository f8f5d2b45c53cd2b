import { LRUCache } from 'lru-cache';
import { HASH_BYTES, KnownTree, leafHash, merkleTree, rootFromPath } from './merkle-tree.ts';
import { chunksOf } from '@souk/kit/domain';
import type { MessageKeys, MessageSignature } from './message-keys.ts';

/** Header of an event: `<key id> <signature> <index>/<size> <path>`. The bytes are base64url. `-` stands for an empty path. */
export const SIGNATURE_HEADER = 'Souk-Signature';

/** Prefix of the signed data, which separates signatures of events from signatures of other data. */
const PURPOSE = 'souk events 1\n';
/** Number of verified groups to remember. Events of one group reach a process within seconds of each other. */
const GROUPS = 1000;
const NO_PATH = '-';
const WRITTEN = /^([\w-]{1,64}) ([\w-]{86}) (\d{1,6})\/(\d{1,6}) ([\w-]+)$/;

/** The parsed header of one event. */
interface EventSignature {
  /** Equal for the events of one group, and for no others of the same signer. */
  readonly group: string;
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

/** Verifies events. The signature of a group is verified once. */
export class EventVerifier {
  readonly #keys: MessageKeys;
  /** Null for a signature that does not match: another event with the same signature may still be genuine. */
  readonly #groups = new LRUCache<string, Promise<KnownTree | null>>({ max: GROUPS });

  constructor(keys: MessageKeys) {
    this.#keys = keys;
  }

  /** Whether `signer` published this body. */
  async verify(signer: string, body: string, header: string): Promise<boolean> {
    const read = readHeader(header);
    if (!read) return false;
    const leaf = leafHash(body);
    const group = `${signer} ${read.group}`;
    for (let found = this.#groups.get(group); found; found = this.#groups.get(group)) {
      const tree = await found;
      if (tree) return tree.holds(leaf, read);
    }
    const verifying = this.#verifyRoot(signer, group, { leaf, read });
    this.#groups.set(group, verifying);
    return (await verifying) !== null;
  }

  async #verifyRoot(
    signer: string,
    group: string,
    { leaf, read }: { readonly leaf: Buffer; readonly read: EventSignature },
  ): Promise<KnownTree | null> {
    const root = rootFromPath(leaf, read);
    const isGenuine = root !== null && (await this.#keys.verifyInPool(signer, signedBytes(root), read.signature));
    if (isGenuine) {
      const tree = new KnownTree(root, read.size);
      tree.holds(leaf, read);
      return tree;
    }
    this.#groups.delete(group);
    return null;
  }
}

const signedBytes = (root: Buffer) => Buffer.concat([Buffer.from(PURPOSE), root]);

function readHeader(header: string): EventSignature | null {
  const [, keyId, signature, index, size, path] = WRITTEN.exec(header) ?? [];
  if (keyId === undefined || signature === undefined || path === undefined) return null;
  const hashes = Buffer.from(path === NO_PATH ? '' : path, 'base64url');
  return {
    group: `${keyId} ${signature} ${size}`,
    signature: { keyId, bytes: Buffer.from(signature, 'base64url') },
    index: Number(index),
    size: Number(size),
    path: Array.from({ length: Math.ceil(hashes.length / HASH_BYTES) }, (_, place) =>
      hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
    ),
  };
}
