import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSupergraph, CompositionError, type SubgraphSchema } from './compose-supergraph.ts';
import { keptSupergraph } from './kept-supergraph.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-kept-'));
  file = join(folder, 'cache', 'supergraph.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const subgraph = (sdl: string): SubgraphSchema => ({ name: 'shop', url: 'http://shop.test/graphql', sdl });
const SHOP = subgraph('type Query { price: Int }');

/** A later result with this SDL was read from the file. Any other result was composed. */
function markKept(): void {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { hash: string };
  writeFileSync(file, JSON.stringify({ ...kept, sdl: 'from the file' }));
}

test('a second start reads what the first has composed, and leaves no other file', async () => {
  expect(await keptSupergraph([SHOP], file)).toBe(composeSupergraph([SHOP]));
  expect(readdirSync(join(folder, 'cache'))).toEqual(['supergraph.json']);
  markKept();
  expect(await keptSupergraph([SHOP], file)).toBe('from the file');
});

test('other schemas are composed, and replace the kept ones', async () => {
  await keptSupergraph([SHOP], file);
  markKept();
  const changed = [subgraph('type Query { price: Float }')];
  expect(await keptSupergraph(changed, file)).toBe(composeSupergraph(changed));
  markKept();
  expect(await keptSupergraph(changed, file)).toBe('from the file');
});

test.each(['', '{', '{"hash":1}', '[]'])('a damaged file (%j) is replaced', async (text) => {
  await keptSupergraph([SHOP], file);
  writeFileSync(file, text);
  expect(await keptSupergraph([SHOP], file)).toBe(composeSupergraph([SHOP]));
  markKept();
  expect(await keptSupergraph([SHOP], file)).toBe('from the file');
});

test('schemas that do not compose are refused each time', async () => {
  const broken = [subgraph('type Query { price: Missing }')];
  await expect(keptSupergraph(broken, file)).rejects.toThrow(CompositionError);
  await expect(keptSupergraph(broken, file)).rejects.toThrow(CompositionError);
});
