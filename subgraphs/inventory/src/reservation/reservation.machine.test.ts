import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { stateDiagram } from '@souk/kit/domain';
import { DELTAS_OF_END, RESERVATION_TRANSITIONS } from './reservation.machine.ts';

test('a reservation ends only from HELD, and every end is a kind of ledger movement', () => {
  const { HELD: ends, ...ended } = RESERVATION_TRANSITIONS;
  expect(Object.values(ended).flat()).toEqual([]);
  expect([...ends].sort()).toEqual(Object.keys(DELTAS_OF_END).sort());
});

test('the diagram in the README matches the table of states', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(stateDiagram('HELD', RESERVATION_TRANSITIONS));
});
