import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

/** Operations that are valid for a schema, of every form that GraphQL has: aliases, fragments, conditions. */
export function randomOperations(schema: GraphQLSchema): fc.Arbitrary<string> {
  const root = schema.getQueryType();
  if (!root) throw new Error('the schema has no queries');
  return selections(schema, root, 4).map(
    (
      set,
    ) => `query ($yes: Boolean = true, $no: Boolean = false) { ...Root __typename @include(if: $yes) @skip(if: $no) }
      fragment Root on ${root.name} ${set}`,
  );
}

const CONDITIONS = ['', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)', ' @skip(if: $no)'];

function selections(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number): fc.Arbitrary<string> {
  const parts = [
    ...fieldsOf(type).flatMap((field) => selectionOf(schema, field, depth) ?? []),
    ...fragmentTypes(schema, type).map((each) => fragment(schema, each, depth)),
    fc.constant('__typename'),
  ];
  return fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 4 }).map((chosen) => `{ ${chosen.join(' ')} }`);
}

function fieldsOf(type: GraphQLCompositeType): readonly GraphQLField<unknown, unknown>[] {
  return 'getFields' in type ? Object.values(type.getFields()) : [];
}

/** An alias says its field and arguments, so that two selections of one name are always the same. */
function selectionOf(
  schema: GraphQLSchema,
  { name, type, args }: GraphQLField<unknown, unknown>,
  depth: number,
): fc.Arbitrary<string> | null {
  const named = getNamedType(type);
  if (args.length > 0 || (!isLeafType(named) && depth === 0)) return null;
  const inner = isCompositeType(named) ? selections(schema, named, depth - 1) : fc.constant('');
  const alias = fc.constantFrom('', '', '', `${name}Again: `);
  return fc.tuple(alias, fc.constantFrom(...CONDITIONS), inner).map(([before, condition, set]) => {
    return `${before}${name}${condition} ${set}`;
  });
}

function fragmentTypes(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  return isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
}

function fragment(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number): fc.Arbitrary<string> {
  if (depth === 0) return fc.constant('__typename');
  return fc
    .tuple(fc.constantFrom(...CONDITIONS), selections(schema, type, depth - 1))
    .map(([condition, set]) => `... on ${type.name}${condition} ${set}`);
}
