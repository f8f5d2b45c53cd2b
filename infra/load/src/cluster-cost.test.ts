import { expect, test } from '@jest/globals';
import { costOf, metricIn } from './cluster-cost.ts';

const METRICS = `# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
# TYPE process_cpu_seconds_total counter
process_cpu_user_seconds_total{process="orders"} 1.5
process_cpu_seconds_total{process="orders"} 2.25
nodejs_active_handles_total 7
`;

test('a metric is read with and without labels', () => {
  expect(metricIn(METRICS, 'process_cpu_seconds_total')).toBe(2.25);
  expect(metricIn(METRICS, 'nodejs_active_handles_total')).toBe(7);
});

test('a missing metric is named in the error', () => {
  expect(() => metricIn(METRICS, 'process_cpu')).toThrow('has no metric "process_cpu"');
});

test('the cost of a request is the growth of each kind divided by the requests', () => {
  const before = new Map([['orders', 1000]]);
  const after = new Map([
    ['orders', 1500],
    ['NATS', 20],
  ]);
  expect(costOf(before, after, 100)).toEqual(
    new Map([
      ['orders', 5],
      ['NATS', 0.2],
    ]),
  );
});
