import { expect, test } from '@jest/globals';
import { isKept, requirementTable, type MeasuredRequirement } from './requirement-report.ts';

const row = (limits: MeasuredRequirement['limits']): MeasuredRequirement => ({
  name: 'list',
  connections: 10,
  limits,
  measured: { p50: 20, p95: 90.04, p99: 120, perSecond: 150 },
});

test('a requirement is kept when each percentile and the rate are within their limits', () => {
  expect(isKept(row({ p50: 20, p95: 100, p99: 500, perMinute: 9000 }))).toBe(true);
  expect(isKept(row({}))).toBe(true);
  expect(isKept(row({ p95: 90 }))).toBe(false);
  expect(isKept(row({ p50: 19.9 }))).toBe(false);
  expect(isKept(row({ p99: 119 }))).toBe(false);
  expect(isKept(row({ perMinute: 9001 }))).toBe(false);
});

test('the table names the limits beside the measured numbers', () => {
  expect(requirementTable([row({ p95: 200, perMinute: 10_000 })])).toContain(
    '| list | 10 | 20.0 / 90.0 / 120.0 | 9000 | p95 200 ms, 10000 a minute | MISSED |',
  );
});
