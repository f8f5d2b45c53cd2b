import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ExecutionResult } from 'graphql';
import { fixtureEngine, type FixtureEngine } from '../testing/fixture-engine.ts';
import { feedFixture } from '../testing/fixture-feed.ts';
import { plainAnswer } from '../testing/plain-answer.ts';
import { conflictingOperations } from '../testing/random-operations.ts';

const whole = fixtureEngine(feedFixture());
const split = fixtureEngine(feedFixture().filter(({ name }) => name !== 'ranks'));

type Path = readonly (string | number)[];

/**
 * The path of the null that an error causes in the client's data. It is the path of the field, or of the parent to
 * which the null has propagated.
 */
function nullPlace(data: unknown, path: Path): Path {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (value === null) return path.slice(0, depth);
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return path;
}

/**
 * Whether the data contains the path of an error. A subgraph with an interface object receives a request for all
 * objects at a path. It may report an error for an object on which the client did not select the field.
 */
function isSelected(data: unknown, path: Path): boolean {
  let value = data;
  for (const step of path) {
    if (value === null) return true;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value !== undefined;
}

/**
 * The data, and the paths of the nulls that errors caused. When several errors propagate to the same null, graphql-js reports the errors
 * that it finds first. Only the paths can be compared.
 */
function seen({ data, errors = [] }: ExecutionResult) {
  const selected = errors.filter(({ path }) => !path || isSelected(data, path));
  const places = selected.map(({ path }) => JSON.stringify(path ? nullPlace(data, path) : 'no path'));
  return { data: JSON.stringify(data), nulls: [...new Set(places)].sort() };
}

async function expectEqual(engine: FixtureEngine, query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const ready = engine.ready(query, variables);
  const theirs = await plainAnswer(engine.supergraph.apiSchema, ready);
  const ours = await engine.run(query, variables);
  expect(seen(ours)).toEqual(seen(theirs));
  const paths = ours.errors?.map(({ path }) => JSON.stringify(path)) ?? [];
  expect(paths).toEqual([...new Set(paths)]);
}

const OPERATIONS = [
  // `media` has different arguments in the two types of the list's items.
  '{ cards { ... on Small { post { media(max: 216) } } ... on Wide { post { media(max: 640) } } } }',
  '{ cards { ...S ... on Wide @include(if: $yes) { post { media(max: 2) } } } } fragment S on Small { post { media } }',
  '{ cards { ... on Card { ... on Small @skip(if: $yes) { post { likes } } ... on Wide { post { likes(since: 3) } } } } }',
  '{ pieces { ... on Small { post { a: media } } ... on Group { a: title } ... on Post { a: media(max: 3) } } }',
  '{ wall { ... on Small { about { ... on Author { name } } } ... on Wide { about { name(upper: true) } } } }',
  '{ group { cards { ... on Small { post { cover { of { a: media(max: 1) } } } } ... on Wide { post { cover { of { a: media(max: 2) } } } } } } }',
  '{ cards { ... on Small { post { author { best { a: name } } } } ... on Wide { post { author { best { a: name(upper: true) } } } } } }',
  '{ cards { ... on Small { post { trends { ... on Rise { author { a: name } } ... on Fall { author { a: name(upper: true) } } } } } } }',
  '{ album { ... on Photo { of { author { name(upper: true) } } } ... on Clip { of { author { name } } } } }',
  // `rank` has different arguments in two types, and its subgraph has an interface object.
  '{ cards { ... on Small { rank(of: 1) } ... on Group { rank(of: 2) } } }',
  '{ leaders { ... on Wide { a: rank(of: 1) } ... on Group { a: rank(of: 2) } ... on Small { a: size } } }',
  // Conditions of a field and of its subfields.
  '{ someone @include(if: $yes) { nick @include(if: $no) } authors { nick @skip(if: $yes) } }',
  '{ first @skip(if: $no) { media @skip(if: $yes) author @include(if: $yes) { name @include(if: $no) } } }',
  // Nulls in non-nullable fields, caused by missing entities and by failing fields of a subgraph.
  '{ missing { strict } }',
  '{ missing { likes trends { ... on Fall { by } } } authors { name } }',
  '{ someone { nick } first { strict } }',
  '{ author(id: "a9") { name } busiest { likes strict } }',
  '{ authors { friends { best { name } } tags avatar { wide } } }',
  '{ group { table { ... on Author { best { name } } } } }',
];

test.each(OPERATIONS)('%s', async (operation) => {
  const query = `query ($yes: Boolean! = true, $no: Boolean! = false) ${operation.replace('{', '{ __typename @include(if: $yes) @skip(if: $no) ')}`;
  await expectEqual(whole, query);
  await expectEqual(whole, query, { yes: false, no: true });
});

test.each([
  ['without interface objects', split],
  ['with interface objects', whole],
])('any operation gets the same answer as from graphql-js on one schema: %s', async (_, engine) => {
  const operations = conflictingOperations(engine.supergraph.apiSchema, ['id', 'media', 'a']);
  await fc.assert(
    fc.asyncProperty(operations, (query) => expectEqual(engine, query)),
    { numRuns: 100 },
  );
});
