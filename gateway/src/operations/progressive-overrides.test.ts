import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { composeSupergraph } from '@souk/engine/composition';
import { createGateway } from '../gateway.ts';
import { ProgressiveOverrides, overrideLabels, type OverrideShares } from '@souk/engine/supergraph';
import { inProcessTransport } from '@souk/engine/subgraphs';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])';

function fixture(name: string, sdl: string, resolvers: object) {
  const typeDefs = `${LINK} ${sdl}`;
  const modules = [{ typeDefs: parse(typeDefs), resolvers: { ...resolvers } }];
  return { name, url: `http://${name}.test/graphql`, sdl: typeDefs, schema: buildSubgraphSchema(modules) };
}

/** Two subgraphs that return their own names. The override with this label moves fields from the first subgraph to the second. */
function moving(label: string) {
  const moves = `@override(from: "old", label: "${label}")`;
  const of = (answerer: string) => ({
    __resolveReference: (known: object) => ({ ...known, from: answerer, pic: { uri: answerer } }),
  });
  return [
    fixture(
      'old',
      'type Query { t: T } type T @key(fields: "id") { id: ID! from: String pic: Pic @shareable } type Pic @shareable { uri: String }',
      {
        Query: { t: () => ({ id: '1', from: 'old', pic: { uri: 'old' } }) },
        T: of('old'),
      },
    ),
    fixture(
      'fresh',
      `type T @key(fields: "id") { id: ID! from: String ${moves} pic: Pic @shareable ${moves} } type Pic @shareable { uri: String }`,
      {
        T: of('fresh'),
      },
    ),
  ];
}

/** Sends `requests` requests with different ids. Returns the number of answers from each subgraph. */
async function answers(label: string, overrides?: OverrideShares, requests = 100): Promise<Record<string, number>> {
  const subgraphs = moving(label);
  const { app } = await createGateway({
    supergraph: composeSupergraph(subgraphs),
    subgraphs: new Map(subgraphs.map(({ name, schema }) => [name, inProcessTransport(schema)])),
    identity: null,
    tenants: null,
    logger: pino({ level: 'silent' }),
    ...(overrides && { overrides }),
  });
  const counts: Record<string, number> = {};
  for (let count = 0; count < requests; count += 1) {
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'x-request-id': randomUUID() },
      payload: { query: '{ t { from pic { uri } } }' },
    });
    const { t } = response.json().data;
    expect(t.pic.uri).toBe(t.from);
    counts[t.from] = (counts[t.from] ?? 0) + 1;
  }
  await app.close();
  return counts;
}

describe('a field that moves by a label', () => {
  test('comes from the new subgraph for all requests, or for none', async () => {
    expect(await answers('percent(100)')).toEqual({ fresh: 100 });
    expect(await answers('percent(0)')).toEqual({ old: 100 });
  });

  test('comes from both subgraphs, for a share of the requests', async () => {
    const { old = 0, fresh = 0 } = await answers('percent(50)', {}, 200);
    expect(old + fresh).toBe(200);
    expect(Math.min(old, fresh)).toBeGreaterThan(50);
  });

  test('moves by a setting where the label is a name', async () => {
    expect(await answers('new-pictures')).toEqual({ old: 100 });
    expect(await answers('new-pictures', { 'new-pictures': 100 })).toEqual({ fresh: 100 });
    expect(await answers('percent(100)', { 'percent(100)': 0 })).toEqual({ old: 100 });
  });
});

describe('the share of a label', () => {
  const overrides = new ProgressiveOverrides(['late', 'percent(12.5)', 'percent(50)', 'soon'], { late: 25 });
  const ids = Array.from({ length: 20_000 }, (_, index) => `request-${index}`);
  const held = ids.map((id) => overrides.heldFor(id));

  test.each([
    ['percent(12.5)', 12.5],
    ['late', 25],
    ['percent(50)', 50],
    ['soon', 0],
  ])('%s is %d % of requests', (label, share) => {
    const count = held.filter((labels) => labels.includes(label)).length;
    expect(Math.abs((count / ids.length) * 100 - share)).toBeLessThan(1.5);
  });

  test('depends only on the id of the request, and a smaller one lies within a larger one', () => {
    expect(ids.map((id) => overrides.heldFor(id))).toEqual(held);
    expect(held.filter((labels) => labels.includes('late') && !labels.includes('percent(50)'))).toEqual([]);
  });

  test('is missing for a label without a setting', () => {
    expect(overrides.undecided).toEqual(['soon']);
  });
});

test('the labels of a supergraph are found', () => {
  expect(overrideLabels(parse(composeSupergraph(moving('a-name'))))).toEqual(['a-name']);
});
