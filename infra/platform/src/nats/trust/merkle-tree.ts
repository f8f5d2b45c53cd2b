import { hash } from 'node:crypto';

/** Prefixes that distinguish a leaf from a node (RFC 9162, section 2.1.1). */
const LEAF = '\u0000';
const NODE = 1;

/** Bytes of a SHA-256 hash. */
export const HASH_BYTES = 32;

/** Space for the prefix and two hashes, reused for each node. An allocation would cost as much as the hash. */
const nodeBytes = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** The root of a tree, and for each leaf the hashes that lead from the leaf to the root. */
export interface MerkleTree {
  readonly root: Buffer;
  /** The hashes of siblings, from the leaf upwards. There are at most log2 of the number of leaves, rounded up. */
  pathOf(index: number): readonly Buffer[];
}

export function leafHash(text: string): Buffer {
  return hash('sha256', LEAF + text, 'buffer');
}

/** Builds the Merkle tree of RFC 9162, section 2.1, over leaves of `leafHash`. @throws RangeError when there are no leaves */
export function merkleTree(leaves: readonly Buffer[]): MerkleTree {
  const levels = [leaves];
  for (let level = leaves; level.length > 1;) levels.push((level = parentsOf(level)));
  const root = levels.at(-1)?.[0];
  if (!root) throw new RangeError('a Merkle tree needs at least one leaf');
  return {
    root,
    pathOf: (index) => levels.slice(0, -1).flatMap((level, height) => level[siblingOf(index >> height)] ?? []),
  };
}

/**
 * The root to which the path of a leaf leads. The leaf is at `index` in a tree of `size` leaves. Null when the path has the wrong length.
 */
export function rootFromPath(
  leaf: Buffer,
  { index, size, path }: { readonly index: number; readonly size: number; readonly path: readonly Buffer[] },
): Buffer | null {
  let node = leaf;
  let used = 0;
  for (let [place, width] = [index, size]; width > 1; place >>= 1, width = (width + 1) >> 1) {
    if (siblingOf(place) >= width) continue; // the last node of an odd level moves up unchanged
    const sibling = path[used++];
    if (!sibling) return null;
    node = place % 2 === 0 ? nodeHash(node, sibling) : nodeHash(sibling, node);
  }
  return used === path.length ? node : null;
}

const siblingOf = (place: number) => place ^ 1;

function parentsOf(level: readonly Buffer[]): readonly Buffer[] {
  return Array.from({ length: (level.length + 1) >> 1 }, (_, place) => {
    const [left, right] = level.slice(2 * place, 2 * place + 2);
    if (!left) throw new RangeError('A level of a Merkle tree has a gap');
    return right ? nodeHash(left, right) : left;
  });
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 1 + HASH_BYTES);
  return hash('sha256', nodeBytes, 'buffer');
}
