import {
  buildASTSchema,
  Kind,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { RequiredFields } from './required-fields.ts';

/** A supergraph that the planner handles correctly. */
export interface PlannableSupergraph {
  /**
   * The supergraph's document for the planner. It has separate fields for fields that are required with arguments, and
   * resolvable keys come first.
   */
  readonly document: DocumentNode;
  readonly required: RequiredFields;
}

type FieldsDefinition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Works around errors of Apollo's planner. A field that is required with arguments becomes a separate field without arguments, and
 * `required` translates the plans back. Resolvable keys are moved before other keys, because the planner returns to a subgraph by the first
 * key, even if that key is not resolvable.
 */
export function plannableSupergraph(document: DocumentNode): PlannableSupergraph {
  const required = new RequiredFields(schemaOf(document));
  const renamed = document.definitions.map((each) => (hasFields(each) ? withRenamedRequires(each, required) : each));
  const definitions = renamed.map((each) => (hasFields(each) ? plannableType(each, required) : each));
  return { document: { ...document, definitions }, required };
}

function schemaOf(document: DocumentNode): GraphQLSchema {
  return buildASTSchema(document, { assumeValid: true });
}

function hasFields(definition: DefinitionNode): definition is FieldsDefinition {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function withRenamedRequires(type: FieldsDefinition, required: RequiredFields): FieldsDefinition {
  const fields = type.fields?.map((field) => {
    const coordinate = `${type.name.value}.${field.name.value}`;
    const directives = field.directives?.map((each) => renamedRequires(each, type.name.value, coordinate, required));
    return directives ? { ...field, directives } : field;
  });
  return fields ? { ...type, fields } : type;
}

function renamedRequires(
  directive: ConstDirectiveNode,
  typeName: string,
  coordinate: string,
  required: RequiredFields,
): ConstDirectiveNode {
  if (directive.name.value !== 'join__field' || !directive.arguments) return directive;
  const args = directive.arguments.map((each) => {
    if (each.name.value !== 'requires' || each.value.kind !== Kind.STRING) return each;
    return { ...each, value: { ...each.value, value: required.rename(each.value.value, typeName, coordinate) } };
  });
  return { ...directive, arguments: args };
}

function plannableType(type: FieldsDefinition, required: RequiredFields): FieldsDefinition {
  const directives = resolvableKeysFirst(type.directives ?? []);
  const internal = [...required.of(type.name.value)].flatMap(([name, real]) => internalFieldOf(type, name, real) ?? []);
  return { ...type, directives, fields: [...(type.fields ?? []), ...internal] };
}

/**
 * A copy of a field under an internal name, without its arguments. The directives of the copy assign it to the same
 * subgraphs.
 */
function internalFieldOf(type: FieldsDefinition, name: string, realName: string): FieldDefinitionNode | null {
  const real = type.fields?.find((each) => each.name.value === realName);
  if (!real) return null;
  const { arguments: _arguments, description: _description, ...bare } = real;
  return { ...bare, name: { kind: Kind.NAME, value: name } };
}

function resolvableKeysFirst(directives: readonly ConstDirectiveNode[]): readonly ConstDirectiveNode[] {
  const rank = (directive: ConstDirectiveNode) => (isUnresolvable(directive) ? 1 : 0);
  return [...directives].sort((one, other) => rank(one) - rank(other));
}

function isUnresolvable({ name, arguments: args }: ConstDirectiveNode): boolean {
  const resolvable = args?.find((each) => each.name.value === 'resolvable')?.value;
  return name.value === 'join__type' && resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
}
