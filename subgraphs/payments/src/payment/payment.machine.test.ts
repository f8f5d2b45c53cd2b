import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { stateDiagram } from '@souk/kit/domain';
import { PAYMENT_TRANSITIONS } from './payment.machine.ts';

test('the diagram in the README matches the lifecycle of a payment', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(stateDiagram('PENDING', PAYMENT_TRANSITIONS));
});
