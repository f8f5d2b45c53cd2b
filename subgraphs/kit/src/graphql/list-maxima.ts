import {
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Matches the sentence about the maximum in a description. `ListField` writes the sentence. */
const MAXIMUM = /\bAt most [\d,]+\./;

interface InputValue {
  readonly coordinate: string;
  readonly type: GraphQLInputType;
  readonly description?: string | null | undefined;
}

/** The input lists whose description does not state a maximum, as coordinates: `ProductFilterInput.ids`. */
function listsWithoutMaximum(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type))
    .flatMap(inputValuesOf)
    .filter(({ type, description }) => isListType(getNullableType(type)) && !MAXIMUM.test(description ?? ''))
    .map(({ coordinate }) => coordinate);
}

/** Checks that every input list has a maximum. @throws Error that names every input list without a maximum */
export function requireListMaxima(schema: GraphQLSchema): void {
  const unbounded = listsWithoutMaximum(schema);
  if (unbounded.length > 0)
    throw new Error(`Lists without a maximum: ${unbounded.join(', ')}. Declare each with ListField of @souk/kit.`);
}

function inputValuesOf(type: GraphQLNamedType): InputValue[] {
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({ ...field, coordinate: `${type.name}.${field.name}` }));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.map((argument) => ({ ...argument, coordinate: `${type.name}.${field.name}(${argument.name}:)` })),
  );
}
