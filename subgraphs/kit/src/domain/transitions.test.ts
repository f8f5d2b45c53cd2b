import { expect, test } from '@jest/globals';
import { canTransition, defineTransitions, stateDiagram } from './index.ts';

const DOOR = defineTransitions('OPEN', { OPEN: ['CLOSED'], CLOSED: ['OPEN', 'LOCKED'], LOCKED: [] });

test('only listed transitions are possible', () => {
  expect(canTransition(DOOR, 'OPEN', 'CLOSED')).toBe(true);
  expect(canTransition(DOOR, 'OPEN', 'LOCKED')).toBe(false);
});

test('an unreachable state is refused at declaration', () => {
  expect(() => defineTransitions<'A' | 'B'>('A', { A: [], B: ['A'] })).toThrow('States not reachable from A: B');
});

test('a lifecycle diagram is drawn from its table', () => {
  expect(stateDiagram('OPEN', DOOR).split('\n')).toEqual([
    'stateDiagram-v2',
    '  [*] --> OPEN',
    '  OPEN --> CLOSED',
    '  CLOSED --> OPEN',
    '  CLOSED --> LOCKED',
    '  LOCKED --> [*]',
  ]);
});
