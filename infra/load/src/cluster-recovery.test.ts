import { describe, expect, test } from '@jest/globals';
import { recoveryOf, type Attempt } from './cluster-recovery.ts';

/** One try after the other, of the same length. */
const tries = (fromMs: number, toMs: number, eachMs: number, succeeded = true): readonly Attempt[] =>
  Array.from({ length: (toMs - fromMs) / eachMs }, (_, index) => ({
    begunMs: fromMs + index * eachMs,
    endedMs: fromMs + (index + 1) * eachMs,
    succeeded,
  }));

const TEN_A_SECOND = 10;

describe('after a loss', () => {
  test('a try that was under way at the loss does not count as the first success', () => {
    const attempts = [{ begunMs: -10, endedMs: 5, succeeded: true }, ...tries(50, 3050, 100)];
    expect(recoveryOf(attempts, 3050, TEN_A_SECOND)).toMatchObject({ firstMs: 150, steadyMs: 150, failed: 0 });
  });

  test('users fare steadily from the last failure on', () => {
    const attempts = [...tries(0, 400, 100), ...tries(400, 600, 50, false), ...tries(600, 4000, 100)];
    const recovery = recoveryOf(attempts, 4000, TEN_A_SECOND);
    expect(recovery).toEqual({ firstMs: 100, steadyMs: 600, failed: 4, succeeded: 38, longestMs: 100 });
  });

  test('a second with less than half of the successes is not steady, though none failed', () => {
    const attempts = [...tries(0, 1000, 100), ...tries(1000, 2000, 250), ...tries(2000, 5000, 100)];
    expect(recoveryOf(attempts, 5000, TEN_A_SECOND)).toMatchObject({ firstMs: 100, steadyMs: 2000, failed: 0 });
  });

  test('what still fails in the last second never became steady', () => {
    const attempts = [...tries(0, 4900, 100), { begunMs: 4900, endedMs: 4990, succeeded: false }];
    expect(recoveryOf(attempts, 5000, TEN_A_SECOND)).toMatchObject({ steadyMs: null, failed: 1 });
  });

  test('where nothing succeeds there is no first success', () => {
    expect(recoveryOf(tries(0, 3000, 100, false), 3000, TEN_A_SECOND)).toMatchObject({
      firstMs: null,
      steadyMs: null,
      succeeded: 0,
    });
  });

  test('what ended before the loss is left out', () => {
    const recovery = recoveryOf([...tries(-2000, 0, 500, false).slice(0, -1), ...tries(0, 2000, 100)], 2000, 10);
    expect(recovery).toMatchObject({ failed: 0, succeeded: 20, longestMs: 100 });
  });
});
