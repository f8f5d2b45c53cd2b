import { describe, expect, test } from '@jest/globals';
import { describeAutomaticOperations } from './automatic-operations.contract.ts';
import { AutomaticOperationsInMemory } from './automatic-operations.ts';

describe('automatic persisted queries in memory', () => {
  describeAutomaticOperations(async () => new AutomaticOperationsInMemory());
});

function remembered(store: AutomaticOperationsInMemory, ...ids: readonly string[]): readonly string[] {
  return ids.filter((id) => store.get(id) !== null);
}

test('the least recently used text is evicted when the memory is full', () => {
  const store = new AutomaticOperationsInMemory({ characters: 420, charactersOfOne: 10 });
  store.set('one', '{ one }');
  store.set('two', '{ two }');
  store.get('one');
  store.set('three', '{ three }');
  expect(remembered(store, 'one', 'two', 'three')).toEqual(['one', 'three']);
});

test('a text that is too long is not stored, and evicts no other text', () => {
  const store = new AutomaticOperationsInMemory({ characters: 420, charactersOfOne: 10 });
  store.set('short', '{ short }');
  store.set('long', '{ muchLonger }');
  expect(remembered(store, 'short', 'long')).toEqual(['short']);
});

test('a text that is stored twice is counted once', () => {
  const store = new AutomaticOperationsInMemory({ characters: 420, charactersOfOne: 10 });
  for (const id of ['one', 'two', 'one', 'two', 'one']) store.set(id, '{ same }');
  expect(remembered(store, 'one', 'two')).toEqual(['one', 'two']);
});

test('many short texts take no more memory than few long ones', () => {
  const store = new AutomaticOperationsInMemory({ characters: 10_000, charactersOfOne: 10 });
  const ids = Array.from({ length: 1000 }, (_, n) => String(n));
  for (const id of ids) store.set(id, '{a}');
  expect(remembered(store, ...ids).length).toBeLessThan(50);
});
