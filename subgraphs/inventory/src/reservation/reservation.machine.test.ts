import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { stateDiagram } from '@souk/kit/domain';
import { DELTAS_OF_END, RESERVATION_TRANSITIONS } from './reservation.machine.ts';

test('a reservation ends once: only from held, and every end is known to the ledger', () => {
  const { HELD: ends, ...ended } = RESERVATION_TRANSITIONS;
  expect(Object.values(ended).flat()).toEqual([]);
  expect([...ends].sort()).toEqual(Object.keys(DELTAS_OF_END).sort());
});

test('the README draws the states as the table has them', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(stateDiagram('HELD', RESERVATION_TRANSITIONS));
});
