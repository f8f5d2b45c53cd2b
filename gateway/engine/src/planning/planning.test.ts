import { afterEach, describe, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { fixtureEngine } from '../testing/fixture-engine.ts';
import { feedFixture } from '../testing/fixture-feed.ts';
import { museumFixture } from '../testing/fixture-museum.ts';
import type { FixtureSubgraph } from '../testing/fixture-subgraphs.ts';

const museum = fixtureEngine(museumFixture());
afterEach(() => {
  museum.fetches.length = 0;
});

type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];
type Resolvers = NonNullable<Extract<SchemaModule, { readonly resolvers?: unknown }>['resolvers']>;

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject", "@composeDirective"])`;

function subgraph(name: string, sdl: string, resolvers: Resolvers): FixtureSubgraph {
  const typeDefs = `${LINK} ${sdl}`;
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
  return { name, url: `http://${name}.test/graphql`, sdl: typeDefs, schema };
}

describe('a field that is required with arguments', () => {
  test("is independent of the client's own selection of the field", async () => {
    const { data } = await museum.run('{ work(id: "p1") { ... on Painting { price(currency: "EUR") dollars } } }');
    expect(data).toEqual({ work: { price: 10, dollars: 20 } });
    const aliased = await museum.run('{ work(id: "p1") { ... on Painting { dollars price: euros } } }');
    expect(aliased.data).toEqual({ work: { dollars: 20, price: 10 } });
  });

  test('is fetched once for each set of arguments, and distinguished in the request to the subgraph', async () => {
    const { data } = await museum.run('{ offers { dollars euros tax } }');
    expect(data).toEqual({
      offers: [
        { dollars: 0, euros: 0, tax: 100 },
        { dollars: 20, euros: 10, tax: 3 },
        { dollars: 20, euros: 10, tax: 3 },
      ],
    });
    const asked = museum.fetches.filter(({ service, variables }) => service === 'shop' && variables['representations']);
    expect(asked.map(({ query }) => query.replace(/.*Painting/, '')).sort()).toEqual(['{dollars}}}', '{tax euros}}}']);
    expect(JSON.stringify(asked.map(({ variables }) => variables))).not.toContain('_souk');
  });

  test('may be nested in the required fields', async () => {
    const { data } = await museum.run('{ offers { folder sketches { page price(currency: "EUR") } } }');
    expect(data?.['offers']).toContainEqual({ folder: 20, sketches: [{ page: 1, price: 10 }, null] });
  });

  test('has its real name in the path of an error', async () => {
    const { errors } = await museum.run('{ work(id: "p1") { ... on Painting { dollars price(currency: "XXX") } } }');
    expect(errors?.map(({ path }) => path)).toEqual([['work', 'price']]);
  });

  test('is not visible to clients', async () => {
    const { data } = await museum.run('{ __type(name: "Painting") { fields { name } } }');
    expect(JSON.stringify(data)).not.toContain('souk');
  });
});

describe('objects of different types', () => {
  const feed = fixtureEngine(feedFixture());
  /** The requests that `media` receives when cards of two types select these fields of their posts. */
  const asked = async (small: string, wide: string) => {
    feed.fetches.length = 0;
    await feed.run(`query Cards { cards { ... on Small { post { ${small} } } ... on Wide { post { ${wide} } } } }`);
    const fetches = feed.fetches.filter(({ service }) => service === 'media');
    return fetches.map(({ variables }) => variables['representations']);
  };

  test('are fetched separately when their selections differ', async () => {
    const fetched = (await asked('media', 'strict(max: 1)')).map((each) => JSON.stringify(each)).sort();
    expect(fetched).toEqual([
      '[{"__typename":"Post","id":"p1"},{"__typename":"Post","id":"p3"}]',
      '[{"__typename":"Post","id":"p2"},{"__typename":"Post","id":"p1"}]',
    ]);
  });

  test('are fetched together when their selections are equal', async () => {
    expect(await asked('media', 'media')).toEqual([['p1', 'p2', 'p3'].map((id) => ({ __typename: 'Post', id }))]);
  });
});

test('a field is present whatever the conditions of its subfields', async () => {
  const query = 'query ($in: Boolean!, $out: Boolean!) { lost @include(if: $in) { number @include(if: $out) } }';
  expect((await museum.run(query, { in: true, out: false })).data).toEqual({ lost: {} });
});

test('an alias that is the name of a key does not hide the key', async () => {
  const { data } = await museum.run('{ works { id: title stars ... on Painting { oil: __typename tax } } }');
  expect(data?.['works']).toContainEqual({ id: 'Night', stars: 2, oil: 'Painting', tax: 3 });
});

test('an alias like an internal name has no effect on a subgraph', async () => {
  const query = '{ work(id: "p1") { _souk_required0_price: title ... on Painting { dollars _souk_alias_id: euros } } }';
  const { data } = await museum.run(query);
  expect(data).toEqual({ work: { _souk_required0_price: 'Night', dollars: 20, _souk_alias_id: 10 } });
});

test("an error at such an alias has the client's name", async () => {
  const { errors } = await museum.run('{ artist(id: "a2") { id: born fans } }');
  expect(errors?.map(({ path }) => path)).toEqual([['artist', 'id']]);
});

test('a subgraph is queried by a key that it can resolve, also after a @requires', async () => {
  const engine = fixtureEngine([
    subgraph(
      'desk',
      `type Query { parcel: Parcel }
       type Parcel @key(fields: "label { no }", resolvable: false) @key(fields: "id label { day }") {
         id: ID! label: Label! @shareable weight: Int @external postage: Int @requires(fields: "weight") }
       type Label @shareable { no: Int! day: Int! }`,
      {
        Query: { parcel: () => ({ id: '1', label: { no: 5, day: 6 } }) },
        Parcel: {
          __resolveReference: (known: { id?: string }) => (known.id === '1' ? known : null),
          postage: ({ weight }: { weight: number }) => weight * 2,
        },
      },
    ),
    subgraph(
      'scale',
      `type Parcel @key(fields: "id") { id: ID! label: Label! @shareable weight: Int }
       type Label @shareable { no: Int! day: Int! }`,
      { Parcel: { __resolveReference: ({ id }: { id: string }) => ({ id, weight: 4 }) } },
    ),
  ]);
  expect((await engine.run('{ parcel { id weight postage } }')).data).toEqual({
    parcel: { id: '1', weight: 4, postage: 8 },
  });
});

describe('a field whose objects no subgraph can resolve', () => {
  const engine = fixtureEngine([
    subgraph('one', 'interface Node @key(fields: "id") { id: ID! } type Query { lost: Node  found: Int }', {
      Query: { found: () => 1 },
    }),
    subgraph(
      'two',
      'type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! note: String } type Query { kept: Node }',
      { Query: { kept: () => ({ id: '1', note: 'here' }) } },
    ),
  ]);

  test('is refused, rather than answered with null', () => {
    expect(() => engine.ready('{ found lost { note } }')).toThrow('"lost" cannot be answered');
  });

  test('is answered when a subgraph can resolve its objects', async () => {
    expect((await engine.run('{ found kept { id note } }')).data).toEqual({
      found: 1,
      kept: { id: '1', note: 'here' },
    });
  });
});

test('a directive that subgraphs compose for clients may be used, and is not sent to subgraphs', async () => {
  const engine = fixtureEngine(
    ['left', 'right'].map((name) =>
      subgraph(
        name,
        `extend schema @link(url: "https://shop.test/trace/v1.0", import: ["@trace"]) @composeDirective(name: "@trace")
         directive @trace(level: Int = 1) on FIELD
         type Query { ${name}: String }`,
        { Query: { [name]: () => name } },
      ),
    ),
  );
  expect((await engine.run('{ left @trace right @trace(level: 2) }')).data).toEqual({ left: 'left', right: 'right' });
  expect(engine.fetches.map(({ query }) => query).join()).not.toContain('trace');
});
