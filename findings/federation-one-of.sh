#!/usr/bin/env bash
# @apollo/composition 2.14.4: `@oneOf` that a subgraph serves cannot be composed, and is dropped without a hint where it is declared.
#
# `@oneOf` is a built-in directive (GraphQL specification of September 2025, "OneOf Input Objects"), whose declaration a schema may
# leave out. graphql 16.15.0 and @apollo/subgraph 2.15.1 support it. Composition refuses the schema that such a subgraph answers to
# `_service`. With the declaration written out the schema composes, but the API schema has an ordinary input object: introspection
# offers several fields at once, the gateway finds such an operation valid, and the subgraph refuses it.
#
# Instead: take `@oneOf` out of the subgraphs' schemas before composition and put it back into the supergraph, or compose with a
# library that keeps it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund graphql@16.15.0 @apollo/subgraph@2.15.1 @apollo/composition@2.14.4 \
  @apollo/federation-internals@2.14.4 || { echo 'cannot install the packages' >&2; exit 77; }

cat >demo.cjs <<'JS'
const { graphql, parse, validate } = require('graphql');
const { buildSubgraphSchema } = require('@apollo/subgraph');
const { composeServices } = require('@apollo/composition');
const { Supergraph } = require('@apollo/federation-internals');

const SCHEMA = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { product(by: ProductBy!): Product }
  type Product @key(fields: "id") { id: ID! }
  input ProductBy @oneOf { id: ID sku: String }`;
const BOTH = parse('{ product(by: { id: "1", sku: "A" }) { id } }');
const problems = (schema) => validate(schema, BOTH).map(({ message }) => message).join() || 'valid';

async function demo(name, typeDefs) {
  const subgraph = buildSubgraphSchema(parse(typeDefs));
  console.log(`${name}, subgraph: isOneOf ${subgraph.getType('ProductBy').isOneOf}, both fields: ${problems(subgraph)}`);
  const { data } = await graphql({ schema: subgraph, source: '{ _service { sdl } }' });
  const services = [{ name: 'catalog', url: 'http://catalog.example', typeDefs: parse(data._service.sdl) }];
  const { errors, hints, supergraphSdl } = composeServices(services);
  if (errors) return console.log(`${name}, composition: ${errors.map(({ message }) => message).join()}`);
  const api = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  console.log(`${name}, composition: no error, ${hints.length} hints, @oneOf kept: ${supergraphSdl.includes('oneOf')}`);
  console.log(`${name}, API schema: isOneOf ${api.getType('ProductBy').isOneOf}, both fields: ${problems(api)}`);
}
void demo('built in', SCHEMA).then(() => demo('declared', `${SCHEMA} directive @oneOf on INPUT_OBJECT`));
JS

for package in graphql @apollo/subgraph @apollo/composition; do node -p "'$package ' + require('$package/package.json').version"; done
node demo.cjs | tee seen
diff - seen <<'EXPECTED' || { echo 'the behaviour has changed' >&2; exit 1; }
built in, subgraph: isOneOf true, both fields: OneOf Input Object "ProductBy" must specify exactly one key.
built in, composition: [catalog] Unknown directive "@oneOf".
declared, subgraph: isOneOf true, both fields: OneOf Input Object "ProductBy" must specify exactly one key.
declared, composition: no error, 0 hints, @oneOf kept: false
declared, API schema: isOneOf false, both fields: valid
EXPECTED
