import { isExactNumber } from '../json/exact-numbers.ts';
import { isDataObject, ownValue, setOwn, type DataObject } from './data.ts';

/**
 * Deep-merges a subgraph's fields into an object that already holds fields of other subgraphs. Afterwards the target may refer to parts of
 * the source, so the caller must not use the source for anything else.
 */
export function mergeInto(target: DataObject, source: DataObject): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const present = key === '__proto__' ? ownValue(target, key) : target[key]; // all other inherited members are functions
    // Two subgraphs may share the field, and one subgraph may have failed and returned null. The order of their answers
    // must not change the result, so the null is ignored.
    if (value === null && present !== undefined && typeof present !== 'function') continue;
    const next = typeof present !== 'object' || present === null ? value : merged(present, value);
    if (key === '__proto__') setOwn(target, key, next);
    else target[key] = next;
  }
}

/**
 * Merges two values of one field. Objects are merged deeply. Lists of the same length are merged element by element. In
 * all other cases, the later value replaces the earlier value.
 */
function merged(present: unknown, value: unknown): unknown {
  if (isDataObject(value)) {
    if (!isDataObject(present) || isExactNumber(value) || isExactNumber(present)) return value;
    mergeInto(present, value);
    return present;
  }
  if (!Array.isArray(value) || !Array.isArray(present) || value.length !== present.length) return value;
  for (let index = 0; index < value.length; index += 1) present[index] = merged(present[index], value[index]);
  return present;
}

/** A deep copy of JSON. Values other than lists and plain objects are shared with the original. */
export function copyOf<Value>(value: Value): Value;
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isDataObject(value) || !isPlain(value) || isExactNumber(value)) return value;
  const copy: DataObject = {};
  for (const key of Object.keys(value)) setOwn(copy, key, copyOf(value[key]));
  return copy;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
