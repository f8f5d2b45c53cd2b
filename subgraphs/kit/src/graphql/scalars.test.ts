import { describe, expect, test } from '@jest/globals';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, parse, validate } from 'graphql';
import { CurrencyCodeScalar, DecimalScalar } from './scalars.ts';

const args = { d: { type: DecimalScalar }, c: { type: CurrencyCodeScalar } };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { f: { type: GraphQLInt, args } } }),
});
const errorsOf = (query: string) =>
  validate(schema, parse(query)).map(({ message, locations, path }) => ({ message, locations, path }));

describe('a literal that a scalar refuses', () => {
  test.each([
    ['{ f(d: 5.5) }', 'Decimal cannot be 5.5.'],
    ['{ f(d: "5,5") }', 'Decimal cannot be "5,5".'],
    ['{ f(c: EUR) }', 'CurrencyCode cannot be EUR.'],
    ['{ f(c: ["EUR"]) }', 'CurrencyCode cannot be ["EUR"].'],
  ])('is named as the client wrote it, with its place: %s', (query, message) => {
    expect(errorsOf(query)).toEqual([
      { message: expect.stringContaining(message), locations: [{ line: 1, column: 8 }], path: undefined },
    ]);
  });

  test('is accepted when it is valid', () => {
    expect(errorsOf('{ f(d: "5.5", c: "EUR") }')).toEqual([]);
  });
});
