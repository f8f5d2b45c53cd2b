import { expect, test } from '@jest/globals';
import type { BuyingCompany } from '@souk/kit/context';
import { testContext } from '@souk/kit/testing';
import { callerKey } from './caller-key.ts';

const caller = testContext();
const user = { kind: 'user', userId: 'u', role: 'SHOPPER', scopes: [] } as const;
const keyOf = (more: { groups?: readonly string[]; customerId?: string; company?: BuyingCompany }) =>
  callerKey({ ...caller, actor: { ...user, ...more } });

test('callers of different customer groups never share an answer, and the order of the groups does not matter', () => {
  expect(new Set([keyOf({}), keyOf({ groups: ['a'] }), keyOf({ groups: ['a', 'b'] })]).size).toBe(3);
  expect(keyOf({ groups: ['b', 'a'] })).toBe(keyOf({ groups: ['a', 'b'] }));
  expect(keyOf({ customerId: 'c' })).not.toBe(keyOf({}));
  const companies = [null, 'DE136695976'].map((vatId) => keyOf({ company: { id: 'co', vatId } }));
  expect(new Set([keyOf({}), ...companies]).size).toBe(3);
});
