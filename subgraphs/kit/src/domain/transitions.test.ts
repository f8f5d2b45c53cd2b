import { expect, test } from '@jest/globals';
import { canTransition, defineTransitions, stateDiagram } from './index.ts';

const DOOR = defineTransitions('OPEN', { OPEN: ['CLOSED'], CLOSED: ['OPEN', 'LOCKED'], LOCKED: [] });

test('only listed transitions are possible', () => {
  expect(canTransition(DOOR, 'OPEN', 'CLOSED')).toBe(true);
  expect(canTransition(DOOR, 'OPEN', 'LOCKED')).toBe(false);
});

test('a state that nothing leads to is refused when it is declared', () => {
  expect(() => defineTransitions<'A' | 'B'>('A', { A: [], B: ['A'] })).toThrow('States that A never leads to: B');
});

test('a lifecycle is drawn from its table', () => {
  expect(stateDiagram('OPEN', DOOR).split('\n')).toEqual([
    'stateDiagram-v2',
    '  [*] --> OPEN',
    '  OPEN --> CLOSED',
    '  CLOSED --> OPEN',
    '  CLOSED --> LOCKED',
    '  LOCKED --> [*]',
  ]);
});
