import { expect, test } from '@jest/globals';
import { commitTable } from './commit-report.ts';
import { medianRatio, type CommitRound } from './commit-rounds.ts';

const round = (perSecond: number, nodeMs: number): CommitRound => ({
  runs: 100,
  perSecond,
  p50: 1,
  p95: 2,
  p99: 3,
  nodeMs,
  postgresMs: 1,
});

test('a ratio compares rounds that ran one after the other, so a slow minute of the machine does not count', () => {
  const earlier = [round(100, 3), round(10, 30), round(100, 3)];
  const present = [round(200, 1), round(20, 10), round(200, 1)];
  expect(medianRatio(present, earlier, ({ perSecond }) => perSecond)).toBe(2);
});

test('the table has the medians of both commits, and ratios above 1 where the present commit is better', () => {
  const rounds = [
    [round(100, 3), round(101, 3), round(102, 3)],
    [round(300, 1), round(303, 1), round(306, 1)],
  ];
  const [, , row] = commitTable([{ name: 'list', rounds }]).split('\n');
  expect(row).toBe('| list | 101 → 303 | 3.00 | 2.0 → 2.0 | 3.00 → 1.00 | 1.00 → 1.00 | 4.00 → 2.00 | 2.00 |');
});
