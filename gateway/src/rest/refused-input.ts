import type { GraphQLError } from 'graphql';
import type { FieldNames } from './field-names.ts';
import type { ProblemError } from '../http/problem.ts';

/**
 * The message of graphql-js for a wrong variable: `Variable "$filter" got invalid value "abc" at "filter.price.min"; Decimal cannot be
 * "abc". A ...`.
 */
const VARIABLE = /^Variable "\$(\w+)" got invalid value (?:"(?:[^"\\]|\\.)*"|[^"])*?(?: at "([\w.[\]]+)")?; ([^]*)$/;
/** The message of a subgraph for a wrong argument: `Argument "filter.ids": "abc" is not an id`. */
const ARGUMENT = /^Argument "[\w.]+": ([^]*)$/;

/**
 * Translates a subgraph's error about the request's values to REST. The gateway cannot check these values itself, because only subgraphs
 * know the formats of custom scalars and ids.
 * @returns null for any other error
 */
export function refusedInput({ message, extensions }: GraphQLError, names: FieldNames): ProblemError | null {
  const [, variable = '', at = variable, reason] = VARIABLE.exec(message) ?? [];
  if (reason !== undefined) return refused(names.ofVariable(at.split(/[.[\]]+/).filter(Boolean)), valueWords(reason));
  const { argument, field } = extensions;
  if (typeof argument === 'string') {
    const [, text = message] = ARGUMENT.exec(message) ?? [];
    const name = names.ofArgument(argument.split('.'));
    return refused(name, argumentWords(text, name));
  }
  if (Array.isArray(field)) {
    const name = names.ofArgument(field.map(String));
    return { code: 'INVALID_VALUE', field: name, message };
  }
  return null;
}

function refused(field: string | null, reason: string): ProblemError {
  return { code: 'INVALID_VALUE', field, message: `${field ?? 'The request'} is not valid: ${reason}` };
}

/**
 * The message about an argument. The message about a malformed id gets the remedy to use an id from an answer. Other messages already
 * contain a remedy, such as the maximum length of a list.
 */
function argumentWords(text: string, name: string | null): string {
  const words = name !== null && text.startsWith(`${name} takes `) ? `it${text.slice(name.length)}` : text;
  return /\bids?\b(?! takes)/.test(words) ? `${words}: use one that an answer gave you` : words;
}

/**
 * The message about a scalar, reduced to the accepted values. The original message also contains the rejected value.
 */
function valueWords(reason: string): string {
  const text = reason.replace(/^Expected type "[^"]*"\. /, '');
  if (text.startsWith('DateTime cannot ')) return 'it must be a time by ISO 8601, such as 2026-01-15T09:30:00.000Z';
  const [, first, rest] = /^\w+ cannot be .*?\. (An?)( [^]*)$/.exec(text) ?? [];
  return first === undefined ? text : `it must be ${first.toLowerCase()}${rest}`;
}
