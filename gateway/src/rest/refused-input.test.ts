import { describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { fixtureParameter, fixtureRoute } from '../testing/fixture-route.ts';
import { fieldNames } from './field-names.ts';
import { refusedInput } from './refused-input.ts';

const names = fieldNames(
  fixtureRoute({
    parameters: [
      fixtureParameter({ in: 'path', name: 'orderId' }),
      fixtureParameter({ name: 'price[min]', target: ['filter', 'price', 'min'] }),
      fixtureParameter({ name: 'placedAfter', target: ['filter', 'placedAfter'] }),
      fixtureParameter({ name: 'ids', target: ['filter', 'ids'], list: true }),
      fixtureParameter({ name: 'cursor', target: ['after'] }),
      fixtureParameter({ name: 'attribute', target: ['filter', 'attributes'], kind: 'pair', list: true }),
    ],
    body: { variable: 'input', required: true, elsewhere: {} },
  }),
);

function refusalText(message: string, extensions: Record<string, unknown> = {}): string {
  const error = refusedInput(
    new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', ...extensions } }),
    names,
  );
  return error ? `${error.field}: ${error.message}` : 'nothing';
}

const DECIMAL = 'Decimal cannot be "abc". A decimal number as a string such as "19.90".';
const DECIMAL_REMEDY = 'is not valid: it must be a decimal number as a string such as "19.90".';

describe('a value that a subgraph refuses is reported with its REST name and a remedy', () => {
  test.each([
    [
      'a filter',
      `Variable "$filter" got invalid value "abc" at "filter.price.min"; ${DECIMAL}`,
      `price[min]: price[min] ${DECIMAL_REMEDY}`,
    ],
    [
      'a body',
      `Variable "$input" got invalid value "abc" at "input.lines[0].amount"; ${DECIMAL}`,
      `lines.0.amount: lines.0.amount ${DECIMAL_REMEDY}`,
    ],
    [
      'a list',
      `Variable "$filter" got invalid value "abc" at "filter.ids[1]"; ${DECIMAL}`,
      `ids: ids ${DECIMAL_REMEDY}`,
    ],
    [
      'a pair',
      `Variable "$filter" got invalid value 1 at "filter.attributes[0].code"; ${DECIMAL}`,
      `attribute: attribute ${DECIMAL_REMEDY}`,
    ],
    [
      'a variable',
      `Variable "$orderId" got invalid value { a: "; " }; ${DECIMAL}`,
      `orderId: orderId ${DECIMAL_REMEDY}`,
    ],
    [
      'a value like a message',
      `Variable "$filter" got invalid value "x; at \\"y\\"; " at "filter.ids[0]"; ${DECIMAL}`,
      `ids: ids ${DECIMAL_REMEDY}`,
    ],
    [
      'a time',
      'Variable "$filter" got invalid value "yesterday" at "filter.placedAfter"; DateTime cannot represent an invalid date-time-string yesterday.',
      'placedAfter: placedAfter is not valid: it must be a time by ISO 8601, such as 2026-01-15T09:30:00.000Z',
    ],
  ])('in %s', (_what, message, expected) => {
    expect(refusalText(message)).toBe(expected);
  });

  test('for an argument of a query, also when the address uses another name', () => {
    expect(refusalText('Argument "filter.ids": "abc" is not an id', { argument: 'filter.ids' })).toBe(
      'ids: ids is not valid: "abc" is not an id: use one that an answer gave you',
    );
    expect(refusalText('Argument "id": "abc" is not an id', { argument: 'id' })).toMatch(
      /^orderId: orderId is not valid/,
    );
    expect(refusalText('Argument "filter.ids": ids takes ids of Souk (UUIDs)', { argument: 'filter.ids' })).toBe(
      'ids: ids is not valid: it takes ids of Souk (UUIDs): use one that an answer gave you',
    );
  });

  test.each([
    ['filter.ids', 'ids takes at most 200 entries', 'ids: ids is not valid: it takes at most 200 entries'],
    [
      'filter.attributes.0.values',
      'values takes at most 50 entries',
      'attribute: attribute is not valid: values takes at most 50 entries',
    ],
  ])('for the list %s that is too long, with its maximum as the only remedy', (argument, reason, expected) => {
    expect(refusalText(`Argument "${argument}": ${reason}`, { argument })).toBe(expected);
  });

  test('for a cursor of a page', () => {
    expect(refusalText('`after` is no cursor of this list', { field: ['after'] })).toMatch(/^cursor: /);
  });

  test('other errors are not translated', () => {
    expect(refusalText('Something else')).toBe('nothing');
  });
});
