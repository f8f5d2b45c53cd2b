import { hash } from 'node:crypto';

/** Prefixes that distinguish a leaf from a node (RFC 9162, section 2.1.1). */
const LEAF = '\u0000';
const NODE = 1;

/** The size of a SHA-256 hash, in bytes. */
const HASH_BYTES = 32;

/**
 * A SHA-256 hash as a string with one character per byte. Node creates such a string five times as fast as a Buffer, and strings compare by
 * value.
 */
export type Hash = string;

/** Buffer for the prefix and two hashes, which is reused for each node. */
const nodeBytes = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** The root of a Merkle tree, and the path from each leaf to the root. */
export interface MerkleTree {
  readonly root: Hash;
  /**
   * The hashes of the sibling nodes on the way from a leaf to the root, as base64url. Their number is at most log2 of the number of leaves,
   * rounded up. The path in a tree of one leaf is empty.
   */
  pathOf(index: number): string;
}

export function leafHash(text: string): Hash {
  return hash('sha256', LEAF + text, 'binary');
}

/** Builds the Merkle tree of RFC 9162, section 2.1, over leaves of `leafHash`. @throws RangeError when there are no leaves */
export function merkleTree(leaves: readonly Hash[]): MerkleTree {
  const levels = [leaves];
  for (let level = leaves; level.length > 1;) levels.push((level = parentsOf(level)));
  const root = levels.at(-1)?.[0];
  if (root === undefined) throw new RangeError('a Merkle tree needs at least one leaf');
  return {
    root,
    pathOf(index) {
      let path = '';
      for (let height = 0; height < levels.length; height++) path += levels[height]?.[(index >> height) ^ 1] ?? '';
      return Buffer.from(path, 'latin1').toString('base64url');
    },
  };
}

/** The index of a leaf, and the hashes from the leaf to the root. */
export interface LeafPath {
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly size: number;
  /** The path as `pathOf` returns it. */
  readonly path: string;
}

/** Computes the root from a leaf and its path. Null for a path of the wrong length. */
export function rootFromPath(leaf: Hash, place: LeafPath): Hash | null {
  const ascent = ascend(leaf, place, new Map());
  const pathBytes = Math.floor((place.path.length * 3) / 4);
  return ascent?.usedBytes === pathBytes ? ascent.node : null;
}

/**
 * A tree whose root is verified. It caches the nodes on the path of each valid leaf. A later leaf therefore needs about one hash instead of
 * one per level.
 */
export class KnownTree {
  readonly #nodes = new Map<number, Hash>();

  /** @param size number of leaves */
  constructor(root: Hash, size: number) {
    this.#nodes.set(idOf(32 - Math.clz32(size - 1), 0), root);
  }

  /**
   * Whether the tree contains the leaf at this index.
   * @param place the index and the path of the leaf. `size` must be the number of leaves of this tree
   */
  holds(leaf: Hash, place: LeafPath): boolean {
    const ascent = ascend(leaf, place, this.#nodes);
    if (!ascent || this.#nodes.get(ascent.id) !== ascent.node) return false;
    for (const { id, node } of ascent.passed) this.#nodes.set(id, node);
    return true;
  }
}

interface TreeNode {
  readonly id: number;
  readonly node: Hash;
}

/** The first known node above a leaf, or the root. */
interface Ascent extends TreeNode {
  /** The nodes between the leaf and the known node, and their siblings. */
  readonly passed: readonly TreeNode[];
  readonly usedBytes: number;
}

/**
 * Hashes from a leaf up to the first known node, or to the root.
 * @returns null when the index is outside of the tree or the path is too short
 */
function ascend(leaf: Hash, { index, size, path }: LeafPath, known: ReadonlyMap<number, Hash>): Ascent | null {
  if (index >= size) return null;
  const passed: TreeNode[] = [];
  let [node, usedBytes] = [leaf, 0];
  let siblings: Buffer | undefined; // decoded when first needed: half of the leaves are known as the sibling of another one
  for (let [level, place, width] = [0, index, size]; ; level++, place >>= 1, width = (width + 1) >> 1) {
    const id = idOf(level, place);
    if (width === 1 || known.has(id)) return { id, node, passed, usedBytes };
    passed.push({ id, node });
    if ((place ^ 1) >= width) continue; // the last node of an odd level moves up unchanged
    siblings ??= Buffer.from(path, 'base64url');
    const sibling = siblings.toString('latin1', usedBytes, (usedBytes += HASH_BYTES));
    if (sibling.length < HASH_BYTES) return null;
    passed.push({ id: idOf(level, place ^ 1), node: sibling });
    node = place % 2 === 0 ? nodeHash(node, sibling) : nodeHash(sibling, node);
  }
}

/** The id of a node. Level 0 contains the leaves. A level has fewer than 2^20 nodes. */
const idOf = (level: number, place: number) => level * 2 ** 20 + place;

function parentsOf(level: readonly Hash[]): readonly Hash[] {
  const parents: Hash[] = [];
  for (let place = 0; place < level.length; place += 2) {
    const [left, right] = [level[place], level[place + 1]];
    if (left === undefined) throw new RangeError('A level of a Merkle tree has a gap');
    parents.push(right === undefined ? left : nodeHash(left, right));
  }
  return parents;
}

function nodeHash(left: Hash, right: Hash): Hash {
  nodeBytes.write(left, 1, 'latin1');
  nodeBytes.write(right, 1 + HASH_BYTES, 'latin1');
  return hash('sha256', nodeBytes, 'binary');
}
