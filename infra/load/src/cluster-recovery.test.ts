import { describe, expect, test } from '@jest/globals';
import { recoveryOf, type Attempt } from './cluster-recovery.ts';

const attemptsOf = (fromMs: number, toMs: number, eachMs: number, succeeded = true): readonly Attempt[] =>
  Array.from({ length: (toMs - fromMs) / eachMs }, (_, index) => ({
    begunMs: fromMs + index * eachMs,
    endedMs: fromMs + (index + 1) * eachMs,
    succeeded,
  }));

const TEN_A_SECOND = 10;

describe('after a loss', () => {
  test('an attempt that was under way at the loss does not count as the first success', () => {
    const attempts = [{ begunMs: -10, endedMs: 5, succeeded: true }, ...attemptsOf(50, 3050, 100)];
    expect(recoveryOf(attempts, 3050, TEN_A_SECOND)).toMatchObject({ firstMs: 150, steadyMs: 150, failed: 0 });
  });

  test('the service is steady from the last failure on', () => {
    const attempts = [...attemptsOf(0, 400, 100), ...attemptsOf(400, 600, 50, false), ...attemptsOf(600, 4000, 100)];
    const recovery = recoveryOf(attempts, 4000, TEN_A_SECOND);
    expect(recovery).toEqual({ firstMs: 100, steadyMs: 600, failed: 4, succeeded: 38, longestMs: 100 });
  });

  test('a second with less than half of the successes is not steady, even when no attempt failed', () => {
    const attempts = [...attemptsOf(0, 1000, 100), ...attemptsOf(1000, 2000, 250), ...attemptsOf(2000, 5000, 100)];
    expect(recoveryOf(attempts, 5000, TEN_A_SECOND)).toMatchObject({ firstMs: 100, steadyMs: 2000, failed: 0 });
  });

  test('a failure in the last second means that the service never became steady', () => {
    const attempts = [...attemptsOf(0, 4900, 100), { begunMs: 4900, endedMs: 4990, succeeded: false }];
    expect(recoveryOf(attempts, 5000, TEN_A_SECOND)).toMatchObject({ steadyMs: null, failed: 1 });
  });

  test('a service in which every attempt fails has no first success', () => {
    expect(recoveryOf(attemptsOf(0, 3000, 100, false), 3000, TEN_A_SECOND)).toMatchObject({
      firstMs: null,
      steadyMs: null,
      succeeded: 0,
    });
  });

  test('attempts that ended before the loss are left out', () => {
    const recovery = recoveryOf(
      [...attemptsOf(-2000, 0, 500, false).slice(0, -1), ...attemptsOf(0, 2000, 100)],
      2000,
      10,
    );
    expect(recovery).toMatchObject({ failed: 0, succeeded: 20, longestMs: 100 });
  });
});
