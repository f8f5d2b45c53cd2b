import { LRUCache } from 'lru-cache';
import { KnownTree, leafHash, merkleTree, rootFromPath, type Hash, type LeafPath } from './merkle-tree.ts';
import { chunksOf } from '@souk/kit/domain';
import type { MessageKeys } from './message-keys.ts';

/** Header of a signed event: `<key id> <signature> <index>/<size> <path>`. Signature and path are base64url. `-` is an empty path. */
export const SIGNATURE_HEADER = 'Souk-Signature';

/** Prefix of the signed data. It keeps a signature over other data from being accepted as the signature of an event. */
const PURPOSE = 'souk events 1\n';
const NO_PATH = '-';
const WRITTEN = /^([^ ]+) ([^ ]+) (\d{1,6})\/(\d{1,6}) ([^ ]+)$/;

/**
 * Maximum number of events under one signature. It is larger than the relay's batches. A doubled size adds a hash of 32 bytes to every
 * event.
 */
const GROUP_SIZE = 512;
/** Cache size for verified groups, in events. The events of one group reach a process within seconds of each other. */
const REMEMBERED_EVENTS = 50_000;

/** The parsed header of one event. */
interface EventSignature extends LeafPath {
  readonly keyId: string;
  /** The signature of the Merkle root, as base64url. */
  readonly signature: string;
}

/**
 * Signs the bodies of a batch in groups. The events of a group form a Merkle tree, and one signature covers its root. Each event has its
 * own path to the root, so it can be verified, parked and replayed alone.
 * @returns a header for each body, in order
 */
export function signEvents(keys: MessageKeys, bodies: readonly string[]): readonly string[] {
  return [...chunksOf(bodies, GROUP_SIZE)].flatMap((group) => signGroup(keys, group));
}

function signGroup(keys: MessageKeys, bodies: readonly string[]): readonly string[] {
  const tree = merkleTree(bodies.map(leafHash));
  const { keyId, bytes } = keys.sign(signedBytes(tree.root));
  const signature = bytes.toString('base64url');
  // An empty path is written as `-`, because NATS trims the space at the end of a header.
  return bodies.map((_, index) => `${keyId} ${signature} ${index}/${bodies.length} ${tree.pathOf(index) || NO_PATH}`);
}

/** Verifies events. The signature of a group is verified once per process. */
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
