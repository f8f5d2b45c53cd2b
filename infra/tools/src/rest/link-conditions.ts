import type { LinkCondition, Requirement, RestLink } from '@souk/gateway/rest';
import { getNamedType, GraphQLInt, getNullableType, isEnumType, isLeafType, isListType } from 'graphql';
import type { RestCondition } from './rest-directive.ts';
import type { SelectedField, SelectedObject } from './selected-data.ts';

/**
 * Converts a condition on an entity to a condition on the response data.
 * @param at path to the entity in the data
 * @throws Error when the response may lack a field of the condition, when the condition does not support the type of
 * its field, or when the condition can never be true
 */
export function linkCondition(
  { field, in: values, filled, below }: RestCondition,
  object: SelectedObject,
  at: readonly string[],
): LinkCondition {
  const read = selectedAt(object, field);
  const place = (path: string) => [...at, ...path.split('.')];
  if (filled) {
    if (!isCountable(read)) throw new Error(`"${field}" is neither a list nor an Int, which "filled" requires`);
    return { field: place(field), filled };
  }
  refuseOthers(read, field);
  if (below) {
    refuseOthers(selectedAt(object, below), below);
    return { field: place(field), below: place(below) };
  }
  const unknown = unknownValues(read, values ?? []);
  if (unknown.length > 0) throw new Error(`"${field}" is never ${unknown.join(', ')}`);
  return { field: place(field), in: [...(values ?? [])] };
}

function selectedAt(object: SelectedObject, path: string): SelectedField {
  const [name = '', ...others] = path.split('.');
  const field = object.fields.get(name);
  if (!field) throw new Error(`"${path}" is not selected here: select ${name} of ${object.type.name}`);
  if (field.conditional)
    throw new Error(`"${path}" is selected only under a condition. Select it without @include or @skip`);
  if (others.length === 0) return field;
  if (!field.object || isListType(getNullableType(field.definition.type)))
    throw new Error(`"${path}" continues after ${name}, which is not an object`);
  return selectedAt(field.object, others.join('.'));
}

function isCountable({ definition: { type } }: SelectedField): boolean {
  return isListType(getNullableType(type)) || getNullableType(type) === GraphQLInt;
}

function refuseOthers({ definition }: SelectedField, path: string): void {
  if (!isLeafType(getNullableType(definition.type))) throw new Error(`"${path}" is not a scalar or an enum`);
}

function unknownValues({ definition }: SelectedField, values: readonly string[]): readonly string[] {
  const type = getNamedType(definition.type);
  return isEnumType(type) ? values.filter((value) => !type.getValue(value)) : [];
}

/** Describes the conditions of a link in words, for the API reference. Null when there are no conditions. */
export function presenceText({ requires, when = [] }: Pick<RestLink, 'requires' | 'when'>): string | null {
  const terms = [...when.map(conditionText), ...(requires ? [callerText(requires.clauses)] : [])];
  return terms.length === 0 ? null : `The link is present ${terms.join(', and ')}.`;
}

function conditionText({ field, in: values, below }: LinkCondition): string {
  const name = `\`${field.join('.')}\``;
  if (values) return `when ${name} is ${values.map((value) => `\`${value}\``).join(' or ')}`;
  return below ? `when ${name} is less than \`${below.join('.')}\`` : `when ${name} has items or is above 0`;
}

function callerText(clauses: Requirement['clauses']): string {
  if (clauses.length === 0) return 'for callers who are logged in';
  const all = (scopes: readonly string[]) => scopes.map((scope) => `\`${scope}\``).join(' and ');
  return `for callers with the scope ${clauses.map((alternatives) => alternatives.map(all).join(' or ')).join(', and ')}`;
}
