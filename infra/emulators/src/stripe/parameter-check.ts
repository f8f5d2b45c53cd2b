import type { Parameter, Parameters } from './form-body.ts';
import { invalidRequest } from './stripe-failure.ts';

/**
 * The type of a parameter, generated from the declarations of the `stripe` package. ANY is a deeply nested type, which
 * is not checked.
 */
export type PublishedType =
  | { readonly kind: 'STRING' | 'INTEGER' | 'BOOLEAN' | 'MAP' | 'ANY' }
  | { readonly kind: 'ENUM'; readonly values: readonly string[] }
  | { readonly kind: 'LIST'; readonly of: PublishedType }
  | { readonly kind: 'OBJECT'; readonly fields: PublishedFields };

export type PublishedFields = { readonly [name: string]: PublishedField };

export type PublishedField = PublishedType & { readonly required?: true };

/**
 * Validates the parameters of a request. The messages use Stripe's own texts where its documentation shows them.
 * @throws StripeFailure for the first unknown, missing or mistyped parameter
 */
export function checkParameters(given: Parameters, published: PublishedFields): void {
  checkFields(given, published, '');
}

function checkFields(given: Parameters, published: PublishedFields, prefix: string): void {
  const nameOf = (name: string) => (prefix === '' ? name : `${prefix}[${name}]`);
  for (const [name, value] of Object.entries(given)) {
    const type = published[name];
    if (!type)
      throw invalidRequest(`Received unknown parameter: ${nameOf(name)}`, {
        code: 'parameter_unknown',
        param: nameOf(name),
      });
    checkValue(value, type, nameOf(name));
  }
  for (const [name, { required }] of Object.entries(published)) {
    if (required && given[name] === undefined)
      throw invalidRequest(`Missing required param: ${nameOf(name)}.`, {
        code: 'parameter_missing',
        param: nameOf(name),
      });
  }
}

function checkValue(value: Parameter, type: PublishedType, param: string): void {
  switch (type.kind) {
    case 'ANY':
      return;
    case 'STRING':
      if (typeof value !== 'string') throw invalidRequest('Invalid string', { param });
      return;
    case 'INTEGER':
      if (typeof value !== 'string' || !/^-?\d+$/.test(value))
        throw invalidRequest(`Invalid integer: ${shown(value)}`, { code: 'parameter_invalid_integer', param });
      return;
    case 'BOOLEAN':
      if (value !== 'true' && value !== 'false') throw invalidRequest(`Invalid boolean: ${shown(value)}`, { param });
      return;
    case 'ENUM':
      if (typeof value !== 'string' || !type.values.includes(value))
        throw invalidRequest(`Invalid ${param}: must be one of ${listed(type.values)}`, { param });
      return;
    case 'MAP':
      if (value !== '' && typeof value !== 'object') throw invalidRequest('Invalid hash', { param });
      return;
    case 'LIST':
      if (value === '') return; // the encoding of an empty list
      if (!isList(value)) throw invalidRequest('Invalid array', { param });
      value.forEach((each, index) => checkValue(each, type.of, `${param}[${index}]`));
      return;
    case 'OBJECT':
      if (value === '') return; // unsets the parameter
      if (typeof value === 'string' || isList(value)) throw invalidRequest('Invalid object', { param });
      checkFields(value, type.fields, param);
  }
}

function shown(value: Parameter): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isList(value: Parameter): value is readonly Parameter[] {
  return Array.isArray(value);
}

function listed(values: readonly string[]): string {
  if (values.length < 3) return values.join(' or ');
  return `${values.slice(0, -1).join(', ')}, or ${values.at(-1)}`;
}
