import { expect, test } from '@jest/globals';
import type { GraphQLScalarType } from 'graphql';
import { resolvers as library } from 'graphql-scalars';
import { readFileSync } from 'node:fs';
import { CountryCodeScalar, CurrencyCodeScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

// Compares the tables of docs/scalars.md with the scalars of the installed library and with our own scalars.

const page = readFileSync(new URL('../../../../docs/scalars.md', import.meta.url), 'utf8');
const [ours = '', theirs = ''] = page.split('## In the library, and not used');

const OURS: Readonly<Record<string, GraphQLScalarType>> = {
  CountryCode: CountryCodeScalar,
  CurrencyCode: CurrencyCodeScalar,
  DateTime: DateTimeScalar,
  Decimal: DecimalScalar,
};

interface Row {
  readonly scalar: string;
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
}

/** @param takes the column index of the accepted values. The next column contains the refused values. */
function rowsOf(text: string, takes: number): readonly (readonly [scalar: string, row: Row])[] {
  const values = (cell = '') => Array.from(cell.matchAll(/`([^`]+)`/g), ([, value = '']) => value);
  return Array.from(text.matchAll(/^\| `(\w+)` \|.*$/gm), ([line, scalar = '']) => {
    const cells = line.split(' | ');
    return [scalar, { scalar, takes: values(cells[takes]), refuses: values(cells[takes + 1]) }];
  });
}

const isTaken = (scalar: GraphQLScalarType, value: string): boolean => {
  try {
    scalar.parseValue(value);
    return true;
  } catch {
    return false;
  }
};

function takenOf(scalar: GraphQLScalarType | undefined, { takes, refuses }: Row) {
  if (!scalar) throw new Error('docs/scalars.md names a scalar that does not exist');
  const takenAmong = (values: readonly string[]) => values.filter((value) => isTaken(scalar, value));
  return { takes: takenAmong(takes), refuses: refuses.filter((value) => !isTaken(scalar, value)) };
}

test('the page has a row for each scalar of the graph, with values on both sides', () => {
  const rows = rowsOf(ours, 2);
  expect(rows.map(([scalar]) => scalar).toSorted()).toEqual(Object.keys(OURS).toSorted());
  for (const [, row] of [...rows, ...rowsOf(theirs, 1)]) expect([row.takes, row.refuses]).not.toContainEqual([]);
});

test.each(rowsOf(ours, 2))('%s accepts and refuses the values of the page', (scalar, row) => {
  expect(takenOf(OURS[scalar], row)).toEqual({ takes: row.takes, refuses: row.refuses });
});

test.each(rowsOf(theirs, 1))("the library's %s accepts and refuses the values of the page", (scalar, row) => {
  const found = Object.entries(library).find(([name]) => name === scalar)?.[1];
  expect(takenOf(found, row)).toEqual({ takes: row.takes, refuses: row.refuses });
});
