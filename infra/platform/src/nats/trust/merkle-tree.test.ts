import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KnownTree, leafHash, merkleTree, rootFromPath } from './merkle-tree.ts';

const hex = (texts: readonly string[]) => Buffer.from(merkleTree(texts.map(leafHash)).root, 'latin1').toString('hex');

describe('the Merkle tree of RFC 9162', () => {
  test('has the root that Certificate Transparency publishes for one empty entry', () => {
    expect(hex([''])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  test('every leaf leads to the root, at any size', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 70 }), (texts) => {
        const leaves = texts.map(leafHash);
        const tree = merkleTree(leaves);
        for (const [index, leaf] of leaves.entries()) {
          const root = rootFromPath(leaf, { index, size: leaves.length, path: tree.pathOf(index) });
          expect(root).toBe(tree.root);
        }
      }),
    );
  });

  test('another leaf, another place or another path does not lead to the root', () => {
    const leaves = ['a', 'b', 'c', 'd', 'e'].map(leafHash);
    const tree = merkleTree(leaves);
    const path = Buffer.from(tree.pathOf(1), 'base64url');
    const leads = (leaf: string, index: number, hashes: Buffer, size = 5) =>
      rootFromPath(leaf, { index, size, path: hashes.toString('base64url') }) === tree.root;
    expect(leads(leafHash('b'), 1, path)).toBe(true);
    expect(leads(leafHash('x'), 1, path)).toBe(false);
    expect(leads(leafHash('b'), 0, path)).toBe(false);
    expect(leads(leafHash('b'), 5, path)).toBe(false);
    expect(leads(leafHash('b'), 1, path.subarray(32))).toBe(false);
    expect(leads(leafHash('b'), 1, path.subarray(0, -1))).toBe(false);
    expect(leads(leafHash('b'), 1, Buffer.concat([path, Buffer.from(leafHash('e'), 'latin1')]))).toBe(false);
    expect(leads(leafHash('b'), 1, Buffer.from(path).reverse())).toBe(false);
  });

  test('a known tree holds its own leaves, in any order, and no other leaf at any place', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 70 }),
        fc.infiniteStream(fc.nat()),
        (texts, order) => {
          const leaves = texts.map(leafHash);
          const tree = merkleTree(leaves);
          const known = new KnownTree(tree.root, leaves.length);
          const placeOf = (index: number) => ({ index, size: leaves.length, path: tree.pathOf(index) });
          const other = leafHash(`${texts.join('')}x`);
          for (const index of [...leaves.keys(), ...leaves.keys()].map(
            () => (order.next().value ?? 0) % leaves.length,
          )) {
            const neighbor = leaves[index ^ 1];
            expect(known.holds(other, placeOf(index))).toBe(false);
            if (neighbor) expect(known.holds(neighbor, placeOf(index))).toBe(false);
            expect(known.holds(leaves[index] ?? other, placeOf(index))).toBe(true);
          }
          expect(known.holds(other, { index: leaves.length, size: leaves.length, path: '' })).toBe(false);
        },
      ),
    );
  });

  test('a known tree learns nothing from a leaf that it does not hold', () => {
    const leaves = ['a', 'b', 'c', 'd'].map(leafHash);
    const tree = merkleTree(leaves);
    const known = new KnownTree(tree.root, leaves.length);
    const forged = merkleTree([leafHash('a'), leafHash('x'), leafHash('c'), leafHash('d')]);
    expect(known.holds(leafHash('x'), { index: 1, size: 4, path: forged.pathOf(1) })).toBe(false);
    expect(known.holds(leafHash('x'), { index: 1, size: 4, path: tree.pathOf(1) })).toBe(false);
    expect(known.holds(leafHash('b'), { index: 1, size: 4, path: tree.pathOf(1) })).toBe(true);
  });
});
