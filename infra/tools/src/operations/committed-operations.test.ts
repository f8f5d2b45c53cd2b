import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import * as sdk from '@souk/sdk';
import { readCommittedOperations } from './committed-operations.ts';
import { MANIFEST_FILE } from '@souk/deployment/gateway';

interface Manifest {
  readonly operations: readonly { readonly id: string; readonly name: string; readonly body: string }[];
}

const manifest = readFile(MANIFEST_FILE, 'utf8').then((text): Manifest => JSON.parse(text));

test('the manifest has the operations of the files, sorted by name, with the sha256 of their texts as ids', async () => {
  const { operations } = await readCommittedOperations();
  expect((await manifest).operations).toEqual(operations.map(({ id, name, type, body }) => ({ id, name, type, body })));
  for (const { id, body } of operations) expect(id).toBe(createHash('sha256').update(body).digest('hex'));
});

test('the SDK has the operations of the manifest, with equal texts', async () => {
  const documents = Object.entries(sdk).flatMap(([key, value]) =>
    typeof value === 'object' && 'body' in value ? [[key, pick(value)] as const] : [],
  );
  const expected = (await manifest).operations.map((operation) => [`${operation.name}Document`, operation]);
  expect(Object.fromEntries(documents)).toEqual(Object.fromEntries(expected));
});

/** The fields of a document that the manifest also has. */
function pick({ id, name, type, body }: Record<'id' | 'name' | 'type' | 'body', string>) {
  return { id, name, type, body };
}
