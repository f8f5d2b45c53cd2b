import { VendorRefusal } from './vendor-refusal.ts';

/** A parameter in the vendor's documentation. NUMERIC accepts a number, or a string that contains a number. */
export interface PublishedParameter {
  readonly type: 'STRING' | 'INTEGER' | 'NUMERIC' | 'LIST' | 'OBJECT';
  readonly required?: true;
  /** The allowed values. @default every value */
  readonly values?: readonly string[];
  /** The properties of an object parameter. @default the properties are not checked */
  readonly members?: PublishedParameters;
}

export type PublishedParameters = { readonly [name: string]: PublishedParameter };
export type Given = { readonly [name: string]: unknown };

const FITS: Readonly<Record<PublishedParameter['type'], (value: unknown) => boolean>> = {
  STRING: (value) => typeof value === 'string' && value !== '',
  INTEGER: (value) => Number.isSafeInteger(value) || (typeof value === 'string' && /^\d+$/.test(value)),
  NUMERIC: (value) => Number.isFinite(value) || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)),
  LIST: Array.isArray,
  OBJECT: isObject,
};

/**
 * Parses and validates the JSON body of a request.
 * @throws VendorRefusal with status 400 for the first unknown, missing or mistyped parameter
 */
export function readParameters(body: string, published: PublishedParameters): Given {
  const given = parsed(body);
  check(given, published, '');
  return given;
}

function check(given: Given, published: PublishedParameters, prefix: string): void {
  for (const [name, value] of Object.entries(given)) {
    const parameter = published[name];
    if (!parameter) throw new VendorRefusal(400, `${prefix}${name} is not allowed`);
    if (!FITS[parameter.type](value)) throw new VendorRefusal(400, `${prefix}${name} must be ${wordOf(parameter)}`);
    if (parameter.values && !parameter.values.includes(String(value)))
      throw new VendorRefusal(400, `${prefix}${name} must be one of [${parameter.values.join(', ')}]`);
    if (parameter.members && isObject(value)) check(value, parameter.members, `${prefix}${name}.`);
  }
  for (const [name, { required }] of Object.entries(published))
    if (required && given[name] === undefined) throw new VendorRefusal(400, `${prefix}${name} is required`);
}

function wordOf({ type }: PublishedParameter): string {
  if (type === 'INTEGER') return 'an integer';
  return type === 'OBJECT' ? 'an object' : `a ${type.toLowerCase()}`;
}

function parsed(body: string): Given {
  try {
    const content: unknown = JSON.parse(body);
    if (isObject(content)) return content;
  } catch {
    // The throw below handles invalid JSON.
  }
  throw new VendorRefusal(400, 'Invalid JSON body');
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
