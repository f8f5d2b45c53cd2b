import { expect, test } from '@jest/globals';
import { isNullableType } from 'graphql';
import { fileURLToPath } from 'node:url';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { readSupergraphFile } from './supergraph-file.ts';

const file = fileURLToPath(new URL('../../../../supergraph.yaml', import.meta.url));
const supergraph = readSupergraphFile(file).then((subgraphs) => loadSupergraph(composeSupergraph(subgraphs)));

test('the committed schemas compose', async () => {
  expect((await supergraph).subgraphs.map(({ name }) => name)).toEqual([
    'accounts',
    'catalog',
    'inventory',
    'orders',
    'payments',
  ]);
});

test('every root field is nullable, so a failed subgraph or a refusal does not remove other fields', async () => {
  const { apiSchema } = await supergraph;
  const roots = [apiSchema.getQueryType(), apiSchema.getMutationType()];
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
  expect(fields.length).toBeGreaterThan(50);
  expect(fields.filter(({ type }) => !isNullableType(type)).map(({ name }) => name)).toEqual([]);
});
