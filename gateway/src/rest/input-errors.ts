import {
  coerceInputValue,
  getNamedType,
  isEnumType,
  isInputType,
  isNonNullType,
  parseType,
  typeFromAST,
  type GraphQLSchema,
} from 'graphql';
import type { FieldNames } from './field-names.ts';
import type { ProblemError } from '../http/problem.ts';
import type { RestRoute } from './rest-table.ts';

/**
 * One error for each value that does not fit the type of its variable, with the names of REST. Called only after the operation was refused,
 * so valid requests are not checked twice.
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
      const nameOf = (...inner: readonly string[]) => names.ofVariable([name, ...path, ...inner]) ?? 'body';
      errors.push(inputError(nameOf, found, translated(schema, error.message, getNamedType(type).name)));
    });
  }
  return errors;
}

const MISSING = /^Field "(\w+)" of required type/;
const UNKNOWN = /^Field "(\w+)" is not defined by type "\w+"\.(.*)$/;

/**
 * The error for a wrong value of a variable.
 * @param nameOf returns the REST name of the value, or of a field in it
 * @param message GraphQL's description of the fault
 */
function inputError(nameOf: (...inner: readonly string[]) => string, value: unknown, message: string): ProblemError {
  const [, missing] = MISSING.exec(message) ?? [];
  if (missing !== undefined) return invalid('MISSING_FIELD', nameOf(missing), 'is required: add it');
  const [, unknown, hint = ''] = UNKNOWN.exec(message) ?? [];
  if (unknown !== undefined) return invalid('UNKNOWN_FIELD', nameOf(unknown), `is not known: leave it out.${hint}`);
  if (value === undefined) return invalid('MISSING_FIELD', nameOf(), 'is required: add it');
  return invalid('INVALID_VALUE', nameOf(), `is not valid: ${restWords(message)}`);
}

function invalid(code: string, field: string, message: string): ProblemError {
  return { code, field, message: `${field} ${message}` };
}

const NO_VALUE = /Value "([^"]*)" does not exist in "(\w+)" enum\.[^]*$/;
const NO_ENUM = /Enum "(\w+)" cannot represent non-string value: [^]*$/;

/**
 * Adds the valid values of an enum, and replaces type names of the GraphQL schema, which clients of REST do not know. A message about a
 * value that is not an object stays unchanged.
 */
function translated(schema: GraphQLSchema, message: string, inputType: string): string {
  const valuesOf = (name: string) => {
    const type = schema.getType(name);
    return isEnumType(type) ? type.getValues().map((each) => each.name) : [];
  };
  return message
    .replace(
      NO_VALUE,
      (_all, value: string, name: string) => `there is no value "${value}": use ${choice(valuesOf(name))}`,
    )
    .replace(NO_ENUM, (_all, name: string) => `use ${choice(valuesOf(name))}`)
    .replace(`Expected type "${inputType}" to be an object.`, 'it must be a JSON object.');
}

/** A list of alternatives as text: `A, B or C`. */
function choice(values: readonly string[]): string {
  return values.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

function restWords(message: string): string {
  return message
    .replaceAll(/ of type "\w+[!\]]*"/g, '')
    .replaceAll(/Expected value of type "\[?\w+[!\]]*", found/g, 'it must not be');
}
