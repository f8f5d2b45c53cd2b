import { expect, test } from '@jest/globals';
import { pasteCells } from './pasted-cells.ts';

const grid = [
  ['a1', 'b1', 'c1'],
  ['a2', 'b2', 'c2'],
];

test('cells fill the grid from the field on, and those beyond it are left out', () => {
  expect(pasteCells({ a1: 'x' }, grid, { row: 0, column: 1 }, '1\t2\t3\r\n4\t5\t6\r\n7\t8\t9\r\n')).toEqual({
    a1: 'x',
    b1: '1',
    c1: '2',
    b2: '4',
    c2: '5',
  });
});

test('the browser pastes a single cell itself', () => {
  expect(pasteCells({}, grid, { row: 0, column: 0 }, '19.90\n')).toBeNull();
});
