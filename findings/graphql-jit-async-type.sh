#!/usr/bin/env bash
# graphql-jit 0.8.9: a `resolveType` that returns a promise makes every value of its interface an error that blames a missing function.
#
# GraphQL's reference implementation (graphql 16.15.0) waits for `resolveType` and `isTypeOf`. Libraries use that: type-graphql 2.0.0-rc.4
# makes the `resolveType` of every interface asynchronous. A compiled query takes the promise for the name of the type: the field is null,
# with the advice to provide the function that exists. For an asynchronous `isTypeOf` the query throws, with the reason. The same document on
# the same schema succeeds in graphql-js, so a server that compiles documents after some uses answers correctly at first.
#
# Instead: return the name of the type at once, for instance from a `__typename` in the value.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund graphql@16.15.0 graphql-jit@0.8.9 || { echo 'cannot install the packages' >&2; exit 77; }

cat >demo.cjs <<'JS'
const { buildSchema, execute, parse } = require('graphql');
const { compileQuery } = require('graphql-jit');

const DOCUMENT = parse('{ problem { __typename message } }');
const WAYS = {
  'resolveType, at once': (problem) => (problem.resolveType = () => 'Conflict'),
  'resolveType, a promise': (problem) => (problem.resolveType = async () => 'Conflict'),
  'isTypeOf, promises': (_problem, conflict, shortage) => {
    shortage.isTypeOf = async () => false;
    conflict.isTypeOf = async () => true;
  },
};
async function show(run) {
  try {
    const { data, errors = [] } = await run();
    return `${JSON.stringify(data)}${errors.map(({ message }) => ` ${message}`).join('')}`;
  } catch (error) {
    return `thrown: ${error.message}`;
  }
}

async function demo() {
  for (const [name, prepare] of Object.entries(WAYS)) {
    const schema = buildSchema(`
      type Query { problem: Problem }
      interface Problem { message: String }
      type Shortage implements Problem { message: String }
      type Conflict implements Problem { message: String }`);
    prepare(schema.getType('Problem'), schema.getType('Conflict'), schema.getType('Shortage'));
    const rootValue = { problem: { message: 'Someone was faster' } };
    console.log(`${name}, graphql-js: ${await show(() => execute({ schema, document: DOCUMENT, rootValue }))}`);
    console.log(`${name}, graphql-jit: ${await show(() => compileQuery(schema, DOCUMENT).query(rootValue, {}, {}))}`);
  }
}
void demo();
JS

for package in graphql graphql-jit; do node -p "'$package ' + require('$package/package.json').version"; done
node demo.cjs | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
resolveType, at once, graphql-js: {"problem":{"__typename":"Conflict","message":"Someone was faster"}}
resolveType, at once, graphql-jit: {"problem":{"__typename":"Conflict","message":"Someone was faster"}}
resolveType, a promise, graphql-js: {"problem":{"__typename":"Conflict","message":"Someone was faster"}}
resolveType, a promise, graphql-jit: {"problem":null} Abstract type Problem must resolve to an Object type at runtime for field Query.problem. Either the Problem type should provide a "resolveType" function or each possible types should provide an "isTypeOf" function.
isTypeOf, promises, graphql-js: {"problem":{"__typename":"Conflict","message":"Someone was faster"}}
isTypeOf, promises, graphql-jit: thrown: Promises are not supported for resolving type of [object Object]
EXPECTED
