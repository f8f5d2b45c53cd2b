import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { apolloRun } from '../testing/apollo-answer.ts';
import { fixtureEngine } from '../testing/fixture-engine.ts';
import { museumFixture } from '../testing/fixture-museum.ts';
import { randomOperations } from '../testing/random-operations.ts';

const engine = fixtureEngine(museumFixture());
const apollo = apolloRun(engine);

/**
 * A result in a form that is equal for both executors. The errors are sorted, because subgraphs answer in any order.
 * Only the last field name of an error's path is kept, because Apollo's list indexes count only the fetched entities.
 * @param unplaced messages of errors that Apollo reports without a path, or at `_entities`. The paths of these errors
 * are dropped
 */
function seen({ data, errors = [] }: ExecutionResult, unplaced: ReadonlySet<string>) {
  const shown = errors.map(({ message, path, extensions: { serviceName: _serviceName, ...extensions } }) =>
    JSON.stringify({
      message,
      field: unplaced.has(message) ? undefined : path?.at(-1),
      extensions,
    }),
  );
  return { data: JSON.parse(JSON.stringify(data)), errors: [...new Set(shown)].sort() };
}

/**
 * Whether the gateway itself reports that a value does not fit the schema. Apollo reports such values only in `extensions.valueCompletion`.
 */
const isMisfit = ({ message }: GraphQLError) => message.startsWith('Cannot return null for non-nullable field');

function withoutMisfits({ errors = [], ...result }: ExecutionResult): ExecutionResult {
  return { ...result, errors: errors.filter((each) => !isMisfit(each)) };
}

/**
 * Expects equal data, and that Apollo reports every error of Souk's engine. Apollo may report more errors, because it
 * fetches a field for objects of all types even when the client selects the field for some types.
 * `as-graphql-js.test.ts` requires the exact errors.
 */
async function expectEqual(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const theirs = await apollo(engine.ready(query, variables));
  const ours = await engine.run(query, variables);
  const unplaced = new Set(
    theirs.errors?.flatMap(({ message, path }) => (!path || path.includes('_entities') ? [message] : [])),
  );
  const [mine, apollos] = [seen(withoutMisfits(ours), unplaced), seen(theirs, unplaced)];
  expect(mine.data).toEqual(apollos.data);
  expect(apollos.errors).toEqual(expect.arrayContaining(mine.errors));
  if (theirs.extensions) expect(ours.errors?.some(isMisfit)).toBe(true);
}

const VARIABLES = { id: 'p2', with: false, name: 'Painting' };

const OPERATIONS = [
  '{ works { id title artist { name born fans } } }',
  '{ works { __typename id ... on Painting { oil size { width height } } ... on Sculpture { weight } } }',
  '{ works { stars reviews { text about { id title stars } } } }',
  '{ reviews { text about { __typename title ... on Painting { tax } } } }',
  '{ things { __typename ... on Artist { name country { code shipping } } ... on Work { title } ... on Room { number } } }',
  '{ plan { number works { title } guide { born teacher { name } } } grid }',
  '{ artists { name teacher { id pupils { name fans address { city street planet } } } } }',
  '{ bestArtist { name fans born } offers { title tax } }',
  '{ lost { number strict { fine } } }',
  '{ lost { number strict { fine never } } works { id } }',
  '{ fails refuses { id } style }',
  '{ again: works { kind: __typename called: title artist { who: name } } }',
  'query ($id: ID!) { work(id: $id) { title stars } }',
  'query ($with: Boolean!) { works { id stars @include(if: $with) artist @skip(if: $with) { fans } } }',
  'query ($with: Boolean = true) { works { ...Rated @include(if: $with) id } } fragment Rated on Work { stars ...Named } fragment Named on Work { title }',
  'mutation { hang(id: "p1") { title tax stars } take(id: "p1") { id } }',
  '{ __typename __schema { queryType { name } } __type(name: "Work") { kind possibleTypes { name } } works { id } }',
  'query ($name: String!) { a: __type(name: $name) { name } b: __type(name: "Missing") { name } }',
];

test.each(OPERATIONS)('%s', async (query) => {
  const [theirs, ours] = [await apollo(engine.ready(query, VARIABLES)), await engine.run(query, VARIABLES)];
  expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data)); // in the same order
  await expectEqual(query, VARIABLES);
  await expectEqual(query, { id: 'missing', with: true, name: 'Artist' });
});

/** Whether Apollo can answer the query. Apollo's executor does not support a field that is required with arguments. */
const isComparable = (query: string) => !/dollars|euros|folder/.test(query);

test('any operation gets the same answer from the executor of @apollo/gateway', async () => {
  await fc.assert(
    fc.asyncProperty(randomOperations(engine.supergraph.apiSchema).filter(isComparable), (query) => expectEqual(query)),
    { numRuns: 200 },
  );
});
