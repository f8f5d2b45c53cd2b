import { expect, test } from '@jest/globals';
import { LoadLog } from './load/load-log.ts';
import { recoveryOf } from './recovery.ts';
import { recoveryTable } from './report.ts';

const TIMES = { struckAt: 1000, overAt: 3000, stoppedAt: 9000, settledAt: 9500 };

function bought(log: LoadLog, begunAt: number, endedAt: number): void {
  const order = { id: String(endedAt), number: String(endedAt) };
  log.purchases.push({ sku: 'A', quantity: 1, idempotencyKey: '', cartId: '', begunAt, endedAt, order, reason: null });
}

test('recovery is measured from the start of the fault, by buyers who began after it', () => {
  const log = new LoadLog();
  bought(log, 500, 900);
  bought(log, 900, 1200); // began before the fault
  bought(log, 1100, 4700);
  log.requests = 30;
  log.failures.push({ at: 2000, tookMs: 500, operation: 'CartCreate', reason: 'NETWORK_ERROR' });
  const recovery = recoveryOf(log, TIMES);
  expect(recovery).toEqual({
    faultMs: 2000,
    firstOrderMs: 3700,
    lastFailureMs: 1500,
    longestGapMs: 3500,
    settledMs: 500,
    requests: 30,
    failures: 1,
    reasons: [['CartCreate NETWORK_ERROR', 1]],
  });
  expect(recoveryTable(new Map([['a fault', recovery]])).split('\n')).toEqual([
    'fault    lasts  first order  last failure   failed  longest gap  settled',
    'a fault  2.0 s        3.7 s         1.5 s  1 of 30        3.5 s    0.5 s',
    '',
    'Failed requests',
    'a fault: 1 CartCreate NETWORK_ERROR',
  ]);
});

test('without a failed request there is no last failure', () => {
  const log = new LoadLog();
  bought(log, 1100, 1300);
  expect(recoveryOf(log, TIMES).lastFailureMs).toBeNull();
});
