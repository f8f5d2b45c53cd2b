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

test('a metric that is not there is named', () => {
  expect(() => metricIn(METRICS, 'process_cpu')).toThrow('there is no process_cpu');
});

test('a request costs its share of what each kind took between two looks', () => {
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
