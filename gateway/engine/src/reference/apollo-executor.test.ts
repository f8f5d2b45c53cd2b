import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { fixtureEngine } from '../testing/fixture-engine.ts';
import { museumFixture } from '../testing/fixture-museum.ts';
import { ApolloExecutor } from './apollo-executor.ts';

const { supergraph, subgraphs, ready, run } = fixtureEngine(museumFixture());
const reference = new ApolloExecutor({ supergraph, subgraphs, logger: pino({ level: 'silent' }) });
await reference.start();

const OPERATIONS = [
  '{ works { id title artist { name born fans } } }',
  '{ works { __typename id ... on Painting { oil size { width height } } ... on Sculpture { weight } } }',
  '{ works { stars reviews { text about { id title stars } } } }',
  '{ artists { name teacher { id pupils { name fans address { city street planet } } } } }',
  'query ($id: ID!) { work(id: $id) { title stars } }',
  'query ($with: Boolean!) { works { id stars @include(if: $with) artist @skip(if: $with) { fans } } }',
  'mutation { hang(id: "p1") { title tax stars } take(id: "p1") { id } }',
  '{ __typename __schema { queryType { name } } __type(name: "Work") { kind possibleTypes { name } } works { id } }',
];
const VARIABLES = { id: 'p2', with: false };

test.each(OPERATIONS)('the reference engine answers like the own engine: %s', async (query) => {
  const { result } = await reference.outcomeOf(ready(query, VARIABLES));
  expect(JSON.stringify(result)).toBe(JSON.stringify(await run(query, VARIABLES)));
});

test('a value that does not fit the schema is an error at its path', async () => {
  const { result } = await reference.outcomeOf(ready('{ lost { number strict { fine never } } works { id } }'));
  expect(result.errors).toMatchObject([{ path: expect.arrayContaining(['lost']), extensions: expect.anything() }]);
});

test("a subgraph's error is presented as by the own engine", async () => {
  const query = '{ fails refuses { id } style }';
  const { result } = await reference.outcomeOf(ready(query));
  const shown = ({ errors = [] }: typeof result) =>
    errors.map(({ message, path, extensions }) => JSON.stringify({ message, path, extensions })).toSorted();
  expect(shown(result)).toEqual(shown(await run(query)));
});
