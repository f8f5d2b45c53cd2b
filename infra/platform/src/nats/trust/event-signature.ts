import { LRUCache } from 'lru-cache';
import { KnownTree, leafHash, merkleTree, rootFromPath, type Hash, type LeafPath } from './merkle-tree.ts';
import { chunksOf } from '@souk/kit/domain';
import type { MessageKeys } from './message-keys.ts';

/** Header of an event: `<key id> <signature> <index>/<size> <path>`. The bytes are base64url. `-` stands for an empty path. */
export const SIGNATURE_HEADER = 'Souk-Signature';

/** Prefix of the signed data, which separates signatures of events from signatures of other data. */
const PURPOSE = 'souk events 1\n';
const NO_PATH = '-';
const WRITTEN = /^([^ ]+) ([^ ]+) (\d{1,6})\/(\d{1,6}) ([^ ]+)$/;

/**
 * The most events under one signature. A batch of the relay has fewer. Each doubling adds a hash of 32 bytes to every event.
 */
const GROUP_SIZE = 512;
/** The number of events in the verified groups to remember. Events of one group reach a process within seconds of each other. */
const REMEMBERED_EVENTS = 50_000;

/** The parsed header of one event. */
interface EventSignature extends LeafPath {
  readonly keyId: string;
  /** The signature of the root, as base64url. */
  readonly signature: string;
}

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
  // A header that ends with a space would arrive without the space, so an empty path is written as `-`.
  return bodies.map((_, index) => `${keyId} ${signature} ${index}/${bodies.length} ${tree.pathOf(index) || NO_PATH}`);
}

/** Verifies events. The signature of a group is verified once. */
export class EventVerifier {
  readonly #keys: MessageKeys;
  readonly #trees = new LRUCache<string, KnownTree>({ maxSize: REMEMBERED_EVENTS });

  constructor(keys: MessageKeys) {
    this.#keys = keys;
  }

  /** Whether `signer` published this body. */
  verify(signer: string, body: string, header: string): boolean {
    const read = readHeader(header);
    if (!read) return false;
    const { keyId, signature, size } = read;
    const leaf = leafHash(body);
    const group = `${signer} ${keyId} ${signature} ${size}`;
    const known = this.#trees.get(group);
    if (known) return known.holds(leaf, read);
    const root = rootFromPath(leaf, read);
    const bytes = Buffer.from(signature, 'base64url');
    if (root === null || !this.#keys.verify(signer, signedBytes(root), { keyId, bytes })) return false;
    const tree = new KnownTree(root, size);
    this.#trees.set(group, tree, { size });
    return tree.holds(leaf, read);
  }
}

const signedBytes = (root: Hash) => Buffer.from(PURPOSE + root, 'latin1');

function readHeader(header: string): EventSignature | null {
  const [, keyId, signature, index, size, path] = WRITTEN.exec(header) ?? [];
  if (keyId === undefined || signature === undefined || path === undefined || Number(size) > GROUP_SIZE) return null;
  return { keyId, signature, index: Number(index), size: Number(size), path: path === NO_PATH ? '' : path };
}
