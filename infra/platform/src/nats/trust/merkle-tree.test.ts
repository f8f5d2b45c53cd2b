import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leafHash, merkleTree, rootFromPath } from './merkle-tree.ts';

const hex = (texts: readonly string[]) => merkleTree(texts.map(leafHash)).root.toString('hex');

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
          expect(root?.equals(tree.root)).toBe(true);
        }
      }),
    );
  });

  test('another leaf, another place or another path does not lead to the root', () => {
    const leaves = ['a', 'b', 'c', 'd', 'e'].map(leafHash);
    const tree = merkleTree(leaves);
    const path = tree.pathOf(1);
    const leads = (leaf: Buffer, index: number, hashes: readonly Buffer[], size = 5) =>
      rootFromPath(leaf, { index, size, path: hashes })?.equals(tree.root) ?? false;
    expect(leads(leafHash('b'), 1, path)).toBe(true);
    expect(leads(leafHash('x'), 1, path)).toBe(false);
    expect(leads(leafHash('b'), 0, path)).toBe(false);
    expect(leads(leafHash('b'), 1, path.slice(1))).toBe(false);
    expect(leads(leafHash('b'), 1, [...path, leafHash('e')])).toBe(false);
    expect(leads(leafHash('b'), 1, path.toReversed())).toBe(false);
  });
});
