import { expect, test } from '@jest/globals';
import { AccessDeniedError, systemContext } from '../context/index.ts';
import { defineNodeLookup, handleNodeLookup } from '../contracts/index.ts';
import { nodeIdOf, nodeOfId } from './index.ts';

const ID = '7d0d1f6e-2b8c-4f0e-9a43-0c1b2a3d4e5f';
const ctx = systemContext(ID, 'test', 'test');

test('a node id encodes a type and an id', () => {
  expect(nodeOfId(nodeIdOf({ type: 'Lamp', id: ID }))).toEqual({ type: 'Lamp', id: ID });
  expect(nodeIdOf({ type: 'Lamp', id: ID })).toMatch(/^[\w-]+$/);
});

test.each([
  ['empty', ''],
  ['an id without its type', ID],
  ['of an id that is no UUID', nodeIdOf({ type: 'Lamp', id: '1' })],
  ['of no type', nodeIdOf({ type: '', id: ID })],
  ['written in another way', `${nodeIdOf({ type: 'Lamp', id: ID })}==`],
])('a text that is %s is no node id', (_what, text) => {
  expect(nodeOfId(text)).toBeNull();
});

test('a node lookup gives the same reply for a missing entity and for a forbidden entity', async () => {
  const { handle } = handleNodeLookup(defineNodeLookup('lamps'), {
    Lamp: (_context, id) => (id === ID ? { id } : null),
    Secret: () => {
      throw new AccessDeniedError('FORBIDDEN');
    },
    Broken: () => Promise.reject(new Error('gone')),
  });
  const other = '11111111-1111-4111-8111-111111111111';
  expect(await handle(ctx, { type: 'Lamp', id: ID })).toEqual({ isFound: true });
  for (const reference of [
    { type: 'Lamp', id: other },
    { type: 'Secret', id: ID },
    { type: 'constructor', id: ID },
  ])
    expect(await handle(ctx, reference)).toEqual({ isFound: false });
  await expect(handle(ctx, { type: 'Broken', id: ID })).rejects.toThrow('gone');
});
