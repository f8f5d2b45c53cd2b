import { expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { fileURLToPath } from 'node:url';
import { loadSupergraph } from '../execution/supergraph.ts';
import { soukExamples } from '../playground/examples.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { readSupergraphFile } from './supergraph-file.ts';

const file = fileURLToPath(new URL('../../../supergraph.yaml', import.meta.url));
const supergraph = readSupergraphFile(file).then((subgraphs) => loadSupergraph(composeSupergraph(subgraphs)));

test('the committed schemas compose', async () => {
  expect((await supergraph).subgraphNames).toEqual(['accounts', 'catalog', 'inventory', 'orders', 'payments']);
});

test("the playground's examples are valid", async () => {
  const { apiSchema } = await supergraph;
  for (const { query } of soukExamples({ email: '', password: '', orderId: null }).tabs) {
    expect(validate(apiSchema, parse(query))).toEqual([]);
  }
});
