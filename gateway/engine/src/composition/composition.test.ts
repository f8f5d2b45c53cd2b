import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { catalogFixture, fixtureWorld, stockFixture } from '../testing/fixture-subgraphs.ts';
import { composeSupergraph, CompositionError, type SubgraphSchema } from './compose-supergraph.ts';
import { readSupergraphFile } from './supergraph-file.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@policy"])';
const subgraph = (name: string, sdl: string): SubgraphSchema => ({
  name,
  url: `http://${name}.test`,
  sdl: `${LINK} ${sdl}`,
});

function problemsOf(...subgraphs: readonly SubgraphSchema[]): readonly string[] {
  try {
    composeSupergraph(subgraphs);
    return [];
  } catch (error) {
    if (error instanceof CompositionError) return error.problems;
    throw error;
  }
}

test('subgraphs compose to a supergraph that the gateway can load', () => {
  const world = fixtureWorld();
  const { apiSchema, subgraphs } = loadSupergraph(composeSupergraph([catalogFixture(world), stockFixture(world)]));
  expect(subgraphs.map(({ name }) => name)).toEqual(['catalog', 'stock']);
  expect(apiSchema.getType('Product')?.toString()).toBe('Product');
});

test('every problem is one line that names its subgraphs', () => {
  const one = subgraph('one', 'type Query { price: Int } type Box @key(fields: "id") { id: ID! }');
  const other = subgraph('other', 'type Query { price: String } type Box @key(fields: "size") { size: Int }');
  const problems = problemsOf(one, other);
  expect(problems.length).toBeGreaterThan(1);
  for (const problem of problems) expect(problem).not.toContain('\n');
  expect(problems.join()).toMatch(/Query\.price.*one.*other.*FIELD_TYPE_MISMATCH/);
});

test('a schema that cannot be parsed is reported with its line, together with all others', () => {
  const problems = problemsOf(subgraph('one', '\ntype Query {'), subgraph('other', 'tipe Query'));
  expect(problems).toEqual([expect.stringMatching(/^\[one\] line 2/), expect.stringMatching(/^\[other\] line 1/)]);
});

test('a supergraph that requires an unsupported security feature is refused', () => {
  const sdl = composeSupergraph([subgraph('one', 'type Query { price: Int @policy(policies: [["x"]]) }')]);
  expect(() => loadSupergraph(sdl)).toThrow('policy');
});

describe('a supergraph file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-supergraph-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const entry = (name: string) =>
    `  ${name}: { routing_url: "http://${name}.test", schema: { file: ./${name}.graphql } }\n`;

  test('returns the schemas that it names', async () => {
    await write('one.graphql', 'type Query { price: Int }');
    const path = await write('supergraph.yaml', `subgraphs:\n${entry('one')}`);
    expect(await readSupergraphFile(path)).toEqual([
      { name: 'one', url: 'http://one.test', sdl: 'type Query { price: Int }' },
    ]);
  });

  test('reports the missing schemas, and the command that generates them', async () => {
    const path = await write('missing.yaml', `subgraphs:\n${entry('two')}${entry('three')}`);
    await expect(readSupergraphFile(path)).rejects.toThrow(/cannot be read[\s\S]*two\.graphql[\s\S]*three\.graphql/);
  });

  test('reports its own faults', async () => {
    const path = await write('wrong.yaml', 'subgraphs: { one: { schema: { file: ./one.graphql } } }');
    await expect(readSupergraphFile(path)).rejects.toThrow('routing_url');
  });
});
