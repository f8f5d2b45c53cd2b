import { err, ok, type Result } from '@souk/kit/domain';
import { numberOf } from '@souk/engine/json';
import { versionOfIfMatch } from '../http/entity-tag.ts';
import type { RestParameter } from './rest-table.ts';

/** The number of items of a page without `limit`. */
export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

/** Parses a parameter's text. Undefined means that the parameter is absent. An error describes the fault and the remedy. */
export type ParameterReader = (text: string) => Result<unknown, string>;

/** The parser of a kind of parameter. The operation checks the values against the schema when it runs. */
export function parameterReader({ kind, name, pair }: RestParameter): ParameterReader {
  switch (kind) {
    case 'text':
      return (text) => ok(text);
    case 'integer':
      return (text) =>
        /^-?\d{1,10}$/.test(text) ? ok(Number(text)) : err(`${name} must be a whole number, such as 1`);
    case 'number':
      return (text) =>
        /^-?\d+(\.\d+)?$/.test(text)
          ? ok(numberOf(text.replace(/^(-?)0+(?=\d)/, '$1')))
          : err(`${name} must be a number, such as 1.5`);
    case 'boolean':
      return (text) =>
        text === 'true' || text === 'false' ? ok(text === 'true') : err(`${name} must be true or false`);
    case 'pair':
      return (text) => readPair(text, name, pair);
    case 'limit':
      return readLimit;
    case 'sort':
      return (text) => readSort(text, name);
    case 'key':
      return (text) => ok(text.replace(/^"(.*)"$/, '$1')); // RFC 8941 requires the quotes, but most clients leave them out
    case 'version':
      return (text) => {
        const version = versionOfIfMatch(text);
        return version.ok ? ok(version.value ?? undefined) : version;
      };
  }
}

function readLimit(text: string): Result<number, string> {
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= MAX_LIMIT
    ? ok(limit)
    : err(`limit must be a whole number from 1 to ${MAX_LIMIT}; without it a page has ${DEFAULT_LIMIT} items`);
}

function readSort(text: string, name: string): Result<unknown, string> {
  const [, field, direction] = /^(\w+)(?::(ASC|DESC))?$/.exec(text) ?? [];
  if (field === undefined)
    return err(`${name} must be a field, alone or with its direction, such as NAME or NAME:DESC`);
  return ok(direction === undefined ? { field } : { field, direction });
}

function readPair(text: string, name: string, pair: RestParameter['pair']): Result<unknown, string> {
  const colon = text.indexOf(':');
  if (!pair || colon < 1 || colon === text.length - 1) {
    const [key, value] = pair ? [pair.key, singular(pair.value)] : ['name', 'value'];
    return err(`${name} must be a ${key} and a ${value} with a colon between them: ${name}=${key}:${value}`);
  }
  const value = text.slice(colon + 1);
  return ok({ [pair.key]: text.slice(0, colon), [pair.value]: pair.list ? [value] : value });
}

/** The name without its plural `s`: `values` becomes `value`. */
export function singular(name: string): string {
  return name.replace(/s$/, '');
}
