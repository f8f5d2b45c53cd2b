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
    pathOf: (index) => levels.slice(0, -1).flatMap((level, height) => level[(index >> height) ^ 1] ?? []),
  };
}

/** The place of a leaf, and the hashes from the leaf to the root. */
export interface LeafPath {
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly size: number;
  readonly path: readonly Buffer[];
}

/** The root that the path of a leaf leads to; null for a path of the wrong length. */
export function rootFromPath(leaf: Buffer, place: LeafPath): Buffer | null {
  let used = 0;
  for (const { node, sibling, isRoot } of climb(leaf, place)) {
    if (sibling) used++;
    if (isRoot) return used === place.path.length ? node : null;
  }
  return null;
}

/**
 * A tree with a known root. Each leaf that belongs to the tree adds the nodes of its path, so the leaves that follow
 * need about one hash each instead of one for each level.
 */
export class KnownTree {
  readonly #nodes = new Map<number, Buffer>();

  /** @param size number of leaves */
  constructor(root: Buffer, size: number) {
    this.#nodes.set(idOf(32 - Math.clz32(size - 1), 0), root);
  }

  /** Whether the leaf is at this place. @param place of a tree with the same number of leaves */
  holds(leaf: Buffer, place: LeafPath): boolean {
    const steps: Step[] = [];
    for (const step of climb(leaf, place)) {
      const known = this.#nodes.get(step.id);
      if (known) return known.equals(step.node) && this.#add(steps);
      steps.push(step);
    }
    return false;
  }

  #add(steps: readonly Step[]): true {
    for (const { id, node, siblingId, sibling } of steps) {
      this.#nodes.set(id, node);
      if (sibling) this.#nodes.set(siblingId, sibling);
    }
    return true;
  }
}

/** A node between a leaf and the root. */
interface Step {
  readonly id: number;
  readonly node: Buffer;
  readonly siblingId: number;
  /** Absent for the root, and for the last node of an odd level, which moves up unchanged. */
  readonly sibling: Buffer | undefined;
  readonly isRoot: boolean;
}

/** Hashes upwards. The steps end before the root when the path is too short. */
function* climb(leaf: Buffer, { index, size, path }: LeafPath): Generator<Step> {
  if (index >= size) return;
  let node = leaf;
  let used = 0;
  for (let [level, place, width] = [0, index, size]; width > 0; level++, place >>= 1, width = (width + 1) >> 1) {
    const siblingPlace = place ^ 1;
    const hasSibling = siblingPlace < width;
    const sibling = hasSibling ? path[used++] : undefined;
    if (hasSibling && !sibling) return;
    const isRoot = width === 1;
    yield { id: idOf(level, place), node, siblingId: idOf(level, siblingPlace), sibling, isRoot };
    if (isRoot) return;
    if (sibling) node = place % 2 === 0 ? nodeHash(node, sibling) : nodeHash(sibling, node);
  }
}

/** Levels count from the leaves. A level has less than 2^20 nodes. */
const idOf = (level: number, place: number) => level * 2 ** 20 + place;

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
