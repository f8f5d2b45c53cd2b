import { expect, test } from '@jest/globals';
import { buildSchema, execute, parse, type GraphQLResolveInfo } from 'graphql';
import { selectionOf } from './selection.inputs.ts';
import { selectionOfNodes, type Selection } from './selection.ts';

const schema = buildSchema(`
  type Query { products: Products }
  type Products { nodes: [Product] edges: [Edge] }
  type Edge { node: Product }
  type Product { name: String variants(first: Int): Variants }
  type Variants { nodes: [Variant] }
  type Variant { price(currencyCode: String): String sku: String }
`);

/** The selection that the resolver of `products` receives for a query. */
function selected(query: string, variableValues: Record<string, unknown> = {}): Selection {
  const seen: GraphQLResolveInfo[] = [];
  const products = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => void seen.push(info);
  void execute({ schema, document: parse(query), rootValue: { products }, variableValues });
  const [info] = seen;
  if (!info) throw new Error('products was not resolved');
  return selectionOf(info);
}

test('fields are found through fragments, inline fragments, nodes and edges', () => {
  const nodes = selectionOfNodes(
    selected(`
      { products { edges { node { ...Parts } } nodes { ... on Product { name } } } }
      fragment Parts on Product { variants(first: 3) { nodes { sku } } }`),
  );
  expect(nodes.has('name')).toBe(true);
  expect(nodes.below('variants').below('nodes').has('sku')).toBe(true);
  expect(nodes.below('variants').below('nodes').has('price')).toBe(false);
});

test('arguments come with their variables, once per alias', () => {
  const variants = selectionOfNodes(
    selected(
      'query ($n: Int) { products { nodes { a: variants(first: $n) { nodes { sku } } b: variants { nodes { sku } } } } }',
      { n: 7 },
    ),
  ).below('variants');
  expect(variants.uses).toEqual([{ first: 7 }, {}]);
});

test('skipped fields are not selected', () => {
  const nodes = selectionOfNodes(
    selected(
      'query ($no: Boolean!) { products { nodes { name @include(if: $no) variants @skip(if: true) { nodes { sku } } } } }',
      { no: false },
    ),
  );
  expect(nodes.has('name')).toBe(false);
  expect(nodes.has('variants')).toBe(false);
});
