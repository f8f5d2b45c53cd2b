import { describe, expect, test } from '@jest/globals';
import { canTransition, money, type Money } from '@souk/kit/domain';
import fc from 'fast-check';
import { PAYMENT_TRANSITIONS } from './payment.machine.ts';
import {
  openPayment,
  planCapture,
  planRefund,
  planVoid,
  settle,
  type OpenStep,
  type Payment,
  type StepKind,
} from './payment.ts';

const eur = (amountMinor: number) => money(amountMinor, 'EUR');
const APPROVED = { kind: 'APPROVED', reference: 'ref' } as const;
const DECLINED = { kind: 'DECLINED', declineCode: 'card_declined' } as const;

function pending(amount: Money = eur(10_000)): Payment {
  const opened = openPayment({ id: 'p', orderId: 'o', provider: 'TEST', amount });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

const step = (kind: StepKind, amount: Money): OpenStep => ({
  id: `${kind} ${Math.random()}`,
  kind,
  amount,
  reason: null,
});
const take = (payment: Payment, kind: StepKind, amount: Money) => settle(payment, step(kind, amount), APPROVED).payment;
const authorized = (amount = eur(10_000)) => take(pending(amount), 'AUTHORIZE', amount);

describe('an authorization that captured at once', () => {
  const captured = { ...APPROVED, captured: true };

  test('is authorized and captured by one answer', () => {
    const amount = eur(10_000);
    const settled = settle(pending(amount), step('AUTHORIZE', amount), captured);
    expect(settled).toMatchObject({
      captured: true,
      payment: { status: 'CAPTURED', authorized: amount, captured: amount },
    });
  });

  test('is refunded by a void at the same moment', () => {
    const amount = eur(10_000);
    const { payment } = settle(pending(amount), step('AUTHORIZE', amount), captured);
    expect(take(payment, 'VOID', amount)).toMatchObject({ status: 'REFUNDED', captured: amount, refunded: amount });
  });
});

describe('authorizing', () => {
  test('an amount of zero cannot be authorized', () => {
    expect(openPayment({ id: 'p', orderId: 'o', provider: 'TEST', amount: eur(0) }).ok).toBe(false);
  });

  test('a declined authorization fails the payment permanently and keeps the reason', () => {
    const { payment, transaction } = settle(pending(), step('AUTHORIZE', eur(10_000)), DECLINED);
    expect(payment).toMatchObject({ status: 'FAILED', declineCode: 'card_declined', authorized: eur(0) });
    expect(transaction).toMatchObject({ status: 'FAILED', declineCode: 'card_declined' });
    expect(planVoid(payment, []).ok).toBe(false);
  });
});

describe('capturing', () => {
  test('a capture without an amount takes the whole rest', () => {
    const partly = take(authorized(), 'CAPTURE', eur(4_000));
    expect(planCapture(partly, [], null)).toEqual({ ok: true, value: eur(6_000) });
  });

  test('more than was authorized is refused, with the field and the remaining amount', () => {
    const partly = take(authorized(), 'CAPTURE', eur(4_000));
    expect(planCapture(partly, [], eur(6_001))).toMatchObject({
      ok: false,
      error: {
        code: 'CAPTURE_EXCEEDS_AUTHORIZED',
        field: ['amount'],
        remaining: eur(6_000),
        message: '60.00 EUR is left to capture of what was authorized',
      },
    });
  });

  test('the amount of a running capture is not available to another capture', () => {
    expect(planCapture(authorized(), [step('CAPTURE', eur(9_000))], eur(2_000))).toMatchObject({
      error: { remaining: eur(1_000) },
    });
  });

  test('another currency, zero and a negative amount are refused', () => {
    for (const amount of [money(100, 'USD'), eur(0), eur(-1)])
      expect(planCapture(authorized(), [], amount)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  test.each(['PENDING', 'VOIDED', 'FAILED', 'REFUNDED', 'PARTIALLY_REFUNDED'] as const)(
    'a payment that is %s cannot be captured',
    (status) => {
      expect(planCapture({ ...authorized(), status }, [], null)).toMatchObject({
        error: { code: 'PAYMENT_NOT_ALLOWED' },
      });
    },
  );

  test('a declined capture leaves the payment unchanged', () => {
    const before = authorized();
    expect(settle(before, step('CAPTURE', eur(1)), DECLINED).payment).toEqual(before);
  });
});

describe('refunding', () => {
  const captured = take(authorized(), 'CAPTURE', eur(5_000));

  test('a part makes the payment partially refunded, the rest makes it refunded', () => {
    const partly = take(captured, 'REFUND', eur(2_000));
    expect(partly).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: eur(2_000) });
    expect(planRefund(partly, [], null)).toEqual({ ok: true, value: eur(3_000) });
    expect(take(partly, 'REFUND', eur(3_000)).status).toBe('REFUNDED');
  });

  test('more than was captured is refused, with the remaining amount', () => {
    expect(planRefund(captured, [step('REFUND', eur(4_000))], eur(1_001))).toMatchObject({
      error: { code: 'REFUND_EXCEEDS_CAPTURED', field: ['amount'], remaining: eur(1_000) },
    });
  });

  test('money that was only authorized cannot be refunded', () => {
    expect(planRefund(authorized(), [], null)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
  });
});

test('a captured payment cannot be voided, a running authorization can', () => {
  expect(planVoid(take(authorized(), 'CAPTURE', eur(1)), []).ok).toBe(false);
  expect(planVoid(pending(), []).ok).toBe(true);
});

test('in any order of steps, no more is refunded than captured and no more captured than authorized', () => {
  const attempt = fc.record({
    kind: fc.constantFrom('CAPTURE', 'REFUND', 'VOID'),
    amount: fc.option(fc.integer({ min: 1, max: 12_000 })),
    /** The index, among the open steps, of the step whose reply arrives after this attempt began. */
    answers: fc.integer({ min: 0, max: 3 }),
    isApproved: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.array(attempt, { maxLength: 40 }), (amount, attempts) => {
      let payment = authorized(eur(amount));
      let open: OpenStep[] = [];
      for (const { kind, amount: asked, answers, isApproved } of attempts) {
        const requested = asked === null ? null : eur(asked);
        const planned =
          kind === 'VOID'
            ? planVoid(payment, open)
            : (kind === 'CAPTURE' ? planCapture : planRefund)(payment, open, requested);
        if (planned.ok) open = [...open, step(kind, planned.value)];
        const answered = open[answers];
        if (!answered) continue;
        open = open.filter((other) => other !== answered);
        // The provider lets only one of a concurrent void and capture succeed.
        const isRefused =
          (answered.kind === 'VOID' && payment.captured.amountMinor > 0) ||
          (answered.kind === 'CAPTURE' && payment.status === 'VOIDED');
        const { payment: after } = settle(payment, answered, isApproved && !isRefused ? APPROVED : DECLINED);
        if (after !== payment) expect(canTransition(PAYMENT_TRANSITIONS, payment.status, after.status)).toBe(true);
        payment = after;
        expect(payment.refunded.amountMinor).toBeLessThanOrEqual(payment.captured.amountMinor);
        expect(payment.captured.amountMinor).toBeLessThanOrEqual(payment.authorized.amountMinor);
      }
    }),
  );
});
