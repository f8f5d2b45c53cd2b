import {
  coerceInputValue,
  getNamedType,
  isInputType,
  isNonNullType,
  parseType,
  typeFromAST,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { FieldNames } from './field-names.ts';
import type { ProblemError } from './problem.ts';
import type { RestRoute } from './rest-table.ts';

/**
 * Everything in a request that does not fit the types of the operation's variables, in the words of REST. Asked only after
 * the operation was refused: what fits is not checked twice.
 */
export function inputErrors(
  schema: GraphQLSchema,
  route: RestRoute,
  variables: Readonly<Record<string, unknown>>,
  names: FieldNames,
): readonly ProblemError[] {
  const errors: ProblemError[] = [];
  for (const { name, type: typeText, hasDefault } of route.variables) {
    const type = typeFromAST(schema, parseType(typeText));
    const value = variables[name];
    if (!type || !isInputType(type) || (value === undefined && (hasDefault || !isNonNullType(type)))) continue;
    coerceInputValue(value, type, (path, found, error) => {
      errors.push(inputError(names.ofVariable([name, ...path]), found, error, type));
    });
  }
  return errors;
}

const MISSING = /^Field "(\w+)" of required type/;
const UNKNOWN = /^Field "(\w+)" is not defined by type "\w+"\.(.*)$/;

function inputError(
  place: string | null,
  value: unknown,
  { message }: GraphQLError,
  type: GraphQLInputType,
): ProblemError {
  const [, missing] = MISSING.exec(message) ?? [];
  if (missing !== undefined) return invalid('MISSING_FIELD', within(place, missing), `is required: add it`);
  const [, unknown, hint = ''] = UNKNOWN.exec(message) ?? [];
  if (unknown !== undefined)
    return invalid('UNKNOWN_FIELD', within(place, unknown), `is not known: leave it out.${hint}`);
  if (value === undefined) return invalid('MISSING_FIELD', place ?? 'body', 'is required: add it');
  return invalid('INVALID_VALUE', place ?? 'body', `is not valid: ${restWords(message, getNamedType(type).name)}`);
}

function invalid(code: string, field: string, message: string): ProblemError {
  return { code, field, message: `${field} ${message}` };
}

function within(place: string | null, name: string): string {
  return place === null ? name : `${place}.${name}`;
}

/** Types of the graph mean nothing to a client of REST. */
function restWords(message: string, inputType: string): string {
  return message
    .replaceAll(/ of type "\w+[!\]]*"/g, '')
    .replace(`Expected type "${inputType}" to be an object.`, 'it must be a JSON object.')
    .replaceAll(/Value "([^"]*)" does not exist in "\w+" enum\./g, 'there is no value "$1".')
    .replaceAll(/Expected value of type "\[?\w+[!\]]*", found/g, 'it must not be');
}
