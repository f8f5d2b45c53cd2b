import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { GraphQLCountryCode, GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { currencyProblem, isCurrencyCode, isDecimal } from '../domain/index.ts';

function textScalar(
  name: string,
  description: string,
  isValid: (text: string) => boolean,
  remedyFor: (text: string) => string = () => description,
): GraphQLScalarType<string, string> {
  /**
   * @param written the value as the client wrote it
   * @param node the literal, for the error's `locations`. Null for a variable.
   */
  const parse = (value: unknown, written = JSON.stringify(value), node: ValueNode | null = null): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    const options = { nodes: node, extensions: { code: 'BAD_USER_INPUT' } };
    const remedy = typeof value === 'string' ? remedyFor(value) : description;
    throw new GraphQLError(`${name} cannot be ${written}. ${remedy}`, options);
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: String,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null, print(node), node),
  });
}

/** A decimal string with the limits of `isDecimal`. */
export const DecimalScalar = textScalar(
  'Decimal',
  'A decimal number as a string such as "19.90", with at most six digits after the point.',
  (text) => isDecimal(text),
);

/** The code of an active currency (ISO 4217). */
export const CurrencyCodeScalar = textScalar(
  'CurrencyCode',
  'An ISO 4217 currency code in capitals, such as "EUR".',
  isCurrencyCode,
  currencyProblem,
);

/** A time in ISO 8601 and UTC. In code it is a `Date`. */
export const DateTimeScalar = scalarNamed('DateTime', GraphQLDateTimeISO);
/** The code of a country (ISO 3166-1 alpha-2). */
export const CountryCodeScalar = GraphQLCountryCode;
/** Any JSON object. */
export const JsonObjectScalar = GraphQLJSONObject;

function scalarNamed(name: string, scalar: GraphQLScalarType): GraphQLScalarType {
  return new GraphQLScalarType({ ...scalar.toConfig(), name });
}
