import { expect, test } from '@jest/globals';
import { parseManifest } from './manifest.ts';

const operation = { id: 'a', name: 'A', type: 'query', body: 'query A { a }' };
const manifest = (...operations: readonly unknown[]) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

test("a manifest in Apollo's format is read, with unknown members", () => {
  const text = manifest({ ...operation, clientName: 'web' });
  expect(parseManifest(text, 'manifest.json').operations).toEqual([operation]);
});

test.each([
  ['text that is not JSON', 'query { a }', /manifest\.json is not a manifest/],
  ['another format', JSON.stringify({ format: 'relay', version: 1, operations: [] }), /format/],
  ['an operation without body', manifest({ ...operation, body: undefined }), /operations\[0\]\.body/],
  ['two operations with one id', manifest(operation, { ...operation, name: 'B' }), /two operations with the id a/],
])('%s is refused with the name of the file', (_what, text, message) => {
  expect(() => parseManifest(text, 'manifest.json')).toThrow(message);
});
