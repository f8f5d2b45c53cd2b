import { expect, test } from '@jest/globals';
import { countedSince, mayBegin } from './saved-method.ts';

const NOW = new Date('2026-01-02T00:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

test('a customer keeps at most 20 methods', () => {
  expect(mayBegin(19, [], NOW)).toEqual({ ok: true, value: undefined });
  expect(mayBegin(20, [], NOW)).toMatchObject({ ok: false, error: { code: 'PAYMENT_METHOD_LIMIT_REACHED' } });
});

test('a customer who tried ten times waits until the oldest attempt is a day old', () => {
  const nine = Array.from({ length: 9 }, (_none, index) => hoursAgo(index));
  expect(mayBegin(0, nine, NOW).ok).toBe(true);
  const ten = [...nine, hoursAgo(23)];
  expect(mayBegin(0, ten, NOW)).toMatchObject({ error: { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 3_600 } });
  expect(countedSince(NOW)).toEqual(hoursAgo(24));
});
