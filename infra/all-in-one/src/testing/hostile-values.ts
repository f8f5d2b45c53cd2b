import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLInputType,
} from 'graphql';
import type { Data } from './graphql-client.ts';

/** Path to a value: `['lines', 0, 'quantity']`. */
export type Path = readonly (string | number)[];

/** Valid values by the name of the argument or field, such as ids of existing entities. */
export type KnownValues = Readonly<Record<string, unknown>>;

const base64 = (text: string) => Buffer.from(text).toString('base64url');

const TEXTS = [
  '',
  'x',
  'NUL \0',
  'half a pair \ud800',
  "'; select pg_sleep(9); --",
  'k'.repeat(300),
  'z'.repeat(20_000),
];
/** Texts that resemble a cursor but are not valid cursors. */
const CURSORS = ['{}', '[]', 'null', '[null,null]', '["a","b"]', '{"s":"x","k":["\\u0000"]}', 'x'].map(base64);
const INTEGERS = [0, -1, 1_000_000_000, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 10_000];
const DECIMALS = ['', '-1', '0', '1e5', '0.0000001', '9'.repeat(14), '9'.repeat(40), 'NaN', '1,5', '٣'];
const DATES = [
  '',
  'tomorrow',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '0001-01-01T00:00:00Z',
];
const CODES = ['', 'XX', 'XXX', 'eur', 'de', '\0'];

/** Returns values that an attacker or a broken program would send in place of a value of this type. */
export function hostileValues(type: GraphQLInputType, member: string): readonly unknown[] {
  const { name } = getNamedType(type);
  if (member === 'after') return [...TEXTS, ...CURSORS];
  if (name === 'Int') return INTEGERS;
  if (name === 'Decimal') return DECIMALS;
  if (name === 'DateTime') return DATES;
  if (name === 'CurrencyCode' || name === 'CountryCode') return CODES;
  return name === 'ID' || name === 'String' ? TEXTS : [];
}

const SAMPLES: KnownValues = {
  Int: 1,
  Float: 1,
  Decimal: '1.00',
  Boolean: true,
  DateTime: '2030-01-01T00:00:00Z',
  CurrencyCode: 'EUR',
  CountryCode: 'DE',
  String: 'sample',
  JSONObject: {},
};

/** Returns a valid value of the type with every field. Lists have one item. */
function sampleOf(type: GraphQLInputType, known: KnownValues, member = ''): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [sampleOf(inner.ofType, known, member)];
  if (member in known) return known[member];
  if (isInputObjectType(inner)) return sampleMembers(Object.values(inner.getFields()), known);
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  return isScalarType(inner) && inner.name in SAMPLES ? SAMPLES[inner.name] : randomUUID();
}

/** Returns valid values for the arguments of a field, or for the fields of an input type. */
export function sampleMembers(members: readonly Pick<GraphQLArgument, 'name' | 'type'>[], known: KnownValues): Data {
  const each = members.filter(({ name }) => name !== 'idempotencyKey');
  return Object.fromEntries(each.map(({ name, type }) => [name, sampleOf(type, known, name)]));
}

/** Lists every path to a scalar in a value of the type. */
export function scalarsIn(
  type: GraphQLInputType,
  at: Path = [],
): readonly { readonly at: Path; readonly type: GraphQLInputType }[] {
  const inner = getNullableType(type);
  if (isListType(inner)) return scalarsIn(inner.ofType, [...at, 0]);
  if (!isInputObjectType(inner)) return [{ at, type }];
  return Object.values(inner.getFields()).flatMap((field) => scalarsIn(field.type, [...at, field.name]));
}

/** Returns a copy of the value in which the value at the path is replaced. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === key ? replaced(each, rest, by) : each));
  const record = { ...(value as Data) }; // The path continues, so the value is an object.
  return { ...record, [key]: replaced(record[key], rest, by) };
}
