import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isRequiredArgument,
  parse,
  validate,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** The alias and the arguments of a field in an operation's text. */
interface FieldForm {
  readonly alias: fc.Arbitrary<string>;
  readonly args: fc.Arbitrary<string>;
}

/** Returns how an operation may write the field (alias and arguments), or null when it cannot select the field. */
type FormOf = (field: Field) => FieldForm | null;

/** Valid operations for a schema, with aliases, fragments and conditions but without arguments. */
export function randomOperations(schema: GraphQLSchema): fc.Arbitrary<string> {
  return operations(schema, ({ name, args }) => {
    if (args.length > 0) return null;
    // The alias contains the field's name, so that two selections with one response name are always equal.
    return { alias: fc.constantFrom('', '', '', `${name}Again: `), args: fc.constant('') };
  });
}

/**
 * Operations with arguments, in which one response name has different fields and arguments for different types.
 * @param aliases the response names that fields get besides their own
 */
export function conflictingOperations(schema: GraphQLSchema, aliases: readonly string[]): fc.Arbitrary<string> {
  const alias = fc.constantFrom('', '', '', '', ...aliases.map((each) => `${each}: `));
  return operations(schema, ({ args }) => ({ alias, args: argumentsOf(args) })).filter(
    (query) => validate(schema, parse(query)).length === 0,
  );
}

function operations(schema: GraphQLSchema, formOf: FormOf): fc.Arbitrary<string> {
  const root = schema.getQueryType();
  if (!root) throw new Error('the schema has no queries');
  return selections(schema, root, 4, formOf).map(
    (
      set,
    ) => `query ($yes: Boolean = true, $no: Boolean = false) { ...Root __typename @include(if: $yes) @skip(if: $no) }
      fragment Root on ${root.name} ${set}`,
  );
}

const CONDITIONS = ['', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)', ' @skip(if: $no)'];

function selections(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  formOf: FormOf,
): fc.Arbitrary<string> {
  const parts = [
    ...fieldsOf(type).flatMap((field) => selectionOf(schema, field, depth, formOf) ?? []),
    ...fragmentTypes(schema, type).map((each) => fragment(schema, each, depth, formOf)),
    fc.constant('__typename'),
  ];
  return fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 4 }).map((chosen) => `{ ${chosen.join(' ')} }`);
}

function fieldsOf(type: GraphQLCompositeType): readonly Field[] {
  return 'getFields' in type ? Object.values(type.getFields()) : [];
}

function selectionOf(schema: GraphQLSchema, field: Field, depth: number, formOf: FormOf): fc.Arbitrary<string> | null {
  const named = getNamedType(field.type);
  const form = formOf(field);
  if (!form || (!isLeafType(named) && depth === 0)) return null;
  const inner = isCompositeType(named) ? selections(schema, named, depth - 1, formOf) : fc.constant('');
  return fc.tuple(form.alias, form.args, fc.constantFrom(...CONDITIONS), inner).map(([alias, args, condition, set]) => {
    return `${alias}${field.name}${args}${condition} ${set}`;
  });
}

function argumentsOf(args: readonly GraphQLArgument[]): fc.Arbitrary<string> {
  const written = args.map((arg) =>
    valueOf(arg).map((value) => (value === undefined ? [] : [`${arg.name}: ${value}`])),
  );
  return fc.tuple(...written).map((each) => (each.flat().length > 0 ? `(${each.flat().join(', ')})` : ''));
}

/** A value for an argument. There are few values, so that arguments are often equal. Undefined leaves out an optional argument. */
function valueOf(arg: GraphQLArgument): fc.Arbitrary<string | undefined> {
  const type = getNamedType(arg.type);
  const known = isEnumType(type) ? type.getValues().map(({ name }) => name) : VALUES[type.name];
  if (!known) throw new Error(`no values are known for the argument "${arg.name}" of type ${type.name}`);
  return fc.constantFrom(...known, ...(isRequiredArgument(arg) ? [] : [undefined]));
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  Int: ['1', '2'],
  Boolean: ['true', '$no'],
  ID: ['"a1"', '"a9"'],
};

function fragmentTypes(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  return isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
}

function fragment(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  formOf: FormOf,
): fc.Arbitrary<string> {
  if (depth === 0) return fc.constant('__typename');
  return fc
    .tuple(fc.constantFrom(...CONDITIONS), selections(schema, type, depth - 1, formOf))
    .map(([condition, set]) => `... on ${type.name}${condition} ${set}`);
}
