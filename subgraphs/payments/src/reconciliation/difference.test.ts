import { describe, expect, test } from '@jest/globals';
import { money, type Money } from '@souk/kit/domain';
import fc from 'fast-check';
import { openPayment, type Payment } from '../payment/payment.ts';
import { compareCharge, compareRefund, type LedgerPayment } from './difference.ts';
import { nextPeriod, periodOf, retryAt } from './reconciliation.ts';

const eur = (amountMinor: number): Money => money(amountMinor, 'EUR');
const NOW = new Date('2026-03-01T12:00:00Z');

function ledger(values: Partial<Payment>, more: Partial<LedgerPayment> = {}): LedgerPayment {
  const opened = openPayment({ id: 'payment', orderId: 'order', provider: 'STRIPE', amount: eur(1_000) });
  if (!opened.ok) throw new Error('the payment is not opened');
  return { payment: { ...opened.value, ...values }, open: [], transactions: [], ...more };
}
const held = { status: 'AUTHORIZED', authorized: eur(1_000) } as const;
const captured = { ...held, status: 'CAPTURED', captured: eur(1_000) } as const;
const charge = (taken: number) => ({ reference: 'pi_1', paymentId: 'payment', taken: eur(taken) });
const step = { id: 'step', kind: 'CAPTURE', amount: eur(1_000), reason: null } as const;

describe('a charge', () => {
  test.each<[string, number, LedgerPayment | null, string | null, string | null]>([
    ['that both have', 1_000, ledger(captured), null, null],
    ['that no buyer paid', 0, null, null, null],
    ['that the ledger does not know', 1_000, null, 'CHARGE_MISSING_IN_LEDGER', null],
    ['that was captured at the provider', 1_000, ledger(held), 'CHARGE_MISSING_IN_LEDGER', 'RECORD_CAPTURE'],
    ['that was captured in part at the provider', 400, ledger(held), 'CHARGE_MISSING_IN_LEDGER', 'RECORD_CAPTURE'],
    ['above the held amount', 1_001, ledger(held), 'CHARGE_MISSING_IN_LEDGER', null],
    ['whose capture is running', 1_000, ledger(held, { open: [step] }), null, null],
    ['of a voided payment', 1_000, ledger({ status: 'VOIDED' }), 'CHARGE_MISSING_IN_LEDGER', 'CHECK_VOID'],
    ['of a declined payment', 1_000, ledger({ status: 'FAILED' }), 'CHARGE_MISSING_IN_LEDGER', null],
    ['of another amount', 900, ledger(captured), 'AMOUNT_DIFFERS', null],
    ['that the provider did not take', 0, ledger(captured), 'CHARGE_MISSING_AT_PROVIDER', null],
  ])('%s', (_name, taken, known, kind, repair) => {
    const found = compareCharge(charge(taken), known);
    expect(found && [found.difference.kind, found.repair]).toEqual(kind && [kind, repair]);
  });

  test('of a payment that waits is asked for again', () => {
    const authorize = { ...step, kind: 'AUTHORIZE' } as const;
    const waiting = ledger({ waiting: { action: null } }, { open: [authorize] });
    expect(compareCharge(charge(1_000), waiting)?.repair).toBe('ASK');
  });
});

describe('a refund', () => {
  const refund = (amountMinor: number, more: object = {}) => {
    const facts = { reference: 're_1', paymentId: 'payment', stepId: null, failed: false };
    return { ...facts, amount: eur(amountMinor), ...more };
  };
  const entry = {
    id: 'step',
    kind: 'REFUND',
    status: 'SUCCEEDED',
    amount: eur(400),
    providerReference: 're_1',
  } as const;
  const refunded = ledger({ ...captured, refunded: eur(400) }, { transactions: [entry] });

  test('that the ledger has by reference or by step is the same', () => {
    expect(compareRefund(refund(400), refunded)).toBeNull();
    expect(compareRefund(refund(400, { reference: 're_2', stepId: 'step' }), refunded)).toBeNull();
    expect(compareRefund(refund(300), refunded)?.difference.kind).toBe('AMOUNT_DIFFERS');
  });

  test('that failed later is reported', () => {
    expect(compareRefund(refund(400, { failed: true }), refunded)).toMatchObject({
      difference: { kind: 'REFUND_FAILED', ledger: eur(400), provider: null },
      repair: null,
    });
    expect(compareRefund(refund(400, { failed: true }), ledger(captured))).toBeNull();
  });

  test('is recorded only as far as money is left, and never twice', () => {
    const amounts = fc.integer({ min: 1, max: 1_500 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 1_000 }), (amount, before) => {
        const known = ledger({ ...captured, refunded: eur(before) });
        const found = compareRefund(refund(amount), known);
        expect(found?.repair).toBe(amount <= 1_000 - before ? 'RECORD_REFUND' : null);
      }),
    );
  });
});

describe('a period', () => {
  test('overlaps the one before by a week, and leaves out what may be running', () => {
    const first = nextPeriod(null, NOW);
    expect(first.period).toEqual({ from: new Date('2026-02-22T11:45:00Z'), to: new Date('2026-03-01T11:45:00Z') });
    expect(first.next).toEqual(new Date('2026-03-02T12:00:00Z'));
    const second = nextPeriod(first.period.to, first.next);
    expect(second.period.from).toEqual(first.period.from);
  });

  test('of staff has at most 31 days, and an end in the past', () => {
    const to = new Date('2027-01-01T00:00:00Z');
    expect(periodOf({ from: NOW, to }, NOW).ok).toBe(false);
    expect(periodOf({ from: new Date('2026-01-01T00:00:00Z'), to }, NOW).ok).toBe(false);
    const from = new Date('2026-02-20T00:00:00Z');
    expect(periodOf({ from, to }, NOW)).toEqual({ ok: true, value: { from, to: new Date('2026-03-01T11:45:00Z') } });
  });

  test('is tried five times', () => {
    expect([1, 2, 3, 4, 5].map((attempts) => retryAt(attempts, NOW) === null)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});
