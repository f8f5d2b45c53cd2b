import { expect, test } from '@jest/globals';
import { copyOf, mergeInto } from './merge.ts';

test('objects are merged deeply', () => {
  const target = { id: '1', size: { width: 1 } };
  mergeInto(target, { name: 'x', size: { height: 2 } });
  expect(target).toEqual({ id: '1', name: 'x', size: { width: 1, height: 2 } });
});

test('lists of equal length are merged by element, also nested ones', () => {
  const target = { rows: [[{ a: 1 }], [null]] };
  mergeInto(target, { rows: [[{ b: 2 }], [{ b: 3 }]] });
  expect(target).toEqual({ rows: [[{ a: 1, b: 2 }], [{ b: 3 }]] });
});

test('a list of another length replaces the first', () => {
  const target = { ids: [1, 2] };
  mergeInto(target, { ids: [3] });
  expect(target).toEqual({ ids: [3] });
});

test('null replaces no value, whichever subgraph answers last', () => {
  const one = { size: { width: 1 }, name: null };
  mergeInto(one, { size: null, name: 'x' });
  const other = { size: null, name: 'x' };
  mergeInto(other, { size: { width: 1 }, name: null });
  expect(one).toEqual({ size: { width: 1 }, name: 'x' });
  expect(other).toEqual(one);
});

test('names of inherited members are fields like others', () => {
  const target: Record<string, unknown> = {};
  mergeInto(target, JSON.parse('{ "__proto__": { "polluted": true }, "constructor": null, "toString": { "a": 1 } }'));
  mergeInto(target, JSON.parse('{ "__proto__": { "more": 1 }, "toString": { "b": 2 } }'));
  expect(JSON.stringify(target)).toBe(
    '{"__proto__":{"polluted":true,"more":1},"constructor":null,"toString":{"a":1,"b":2}}',
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a copy shares no object, except values that JSON does not have', () => {
  const when = new Date(0);
  const original = { list: [{ a: 1 }], when };
  const copy = copyOf(original);
  expect(copy).toEqual(original);
  expect(copy.list[0]).not.toBe(original.list[0]);
  expect(copy.when).toBe(when);
});
