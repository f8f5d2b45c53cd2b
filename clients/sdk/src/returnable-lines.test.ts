import { expect, test } from '@jest/globals';
import { returnableLines } from './returnable-lines.ts';

const ORDER = {
  lines: [
    { id: 'a', name: 'Lamp' },
    { id: 'b', name: 'Bench' },
  ],
  fulfillments: [
    { status: 'DELIVERED', lines: [{ orderLineId: 'a', quantity: 3 }] },
    { status: 'PENDING', lines: [{ orderLineId: 'b', quantity: 2 }] },
  ],
};
const returned = (status: string, quantity: number, receivedQuantity = 0) => ({
  status,
  lines: [{ orderLineId: 'a', quantity, receivedQuantity }],
});

test.each([
  ['no return', [], 3],
  ['an open return', [returned('REQUESTED', 1), returned('APPROVED', 1)], 1],
  ['a return of which a unit did not arrive', [returned('RECEIVED', 2, 1)], 2],
  ['returns that ended without units', [returned('REJECTED', 3), returned('CANCELED', 3)], 3],
])('sent units after %s can be returned, packed units cannot', (_known, returns, units) => {
  expect(returnableLines(ORDER, returns)).toEqual([{ id: 'a', name: 'Lamp', units }]);
});

test('a line whose units are all in returns is left out', () => {
  expect(returnableLines(ORDER, [returned('REQUESTED', 3)])).toEqual([]);
});
