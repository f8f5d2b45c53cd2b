import { hash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { AutomaticOperations } from './automatic-operations.ts';

/**
 * Tests that every store of automatic persisted queries must pass.
 * @param open creates an empty store
 */
export function describeAutomaticOperations(open: () => Promise<AutomaticOperations>): void {
  test('a text is found unchanged by its hash, and not by another hash', async () => {
    const store = await open();
    const text = '{ lamps(search: "Lämpchen, 🪔") { name } }';
    await store.set(hash('sha256', text), text);
    expect([await store.get(hash('sha256', text)), await store.get(hash('sha256', '{ other }'))]).toEqual([text, null]);
  });

  test('a text that is stored again changes nothing', async () => {
    const store = await open();
    const id = hash('sha256', '{ one }');
    await store.set(id, '{ one }');
    await store.set(id, '{ one }');
    expect(await store.get(id)).toBe('{ one }');
  });
}
