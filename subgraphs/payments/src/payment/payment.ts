import { add, canTransition, err, money, ok, subtract, sum, zero, type Money, type Result } from '@souk/kit/domain';
import type { PAYMENT_PROVIDERS } from '../contract.ts';
import type { PaymentAction } from '../contract.ts';
import type { ProviderOutcome, ProviderWait } from '../provider/payment-provider.ts';
import {
  captureExceedsAuthorized,
  invalidAmount,
  notAllowed,
  refundExceedsCaptured,
  type AmountExceedsRemaining,
  type InvalidAmount,
  type PaymentNotAllowed,
} from './payment.errors.ts';
import { PAYMENT_TRANSITIONS, type PaymentStatus } from './payment.machine.ts';

export const STEP_KINDS = ['AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** The payment of one order. Its amount is authorized first, then captured or voided, and may be refunded. */
export interface Payment {
  readonly id: string;
  readonly orderId: string;
  readonly provider: (typeof PAYMENT_PROVIDERS)[number];
  readonly status: PaymentStatus;
  /** The amount that the order requested. */
  readonly amount: Money;
  /** The amount that the provider authorized. A void does not reset it. */
  readonly authorized: Money;
  readonly captured: Money;
  readonly refunded: Money;
  /** The money that the provider withdrew because of disputes and did not give back. */
  readonly disputed: Money;
  /** The provider's reference for the authorization. Null until the provider has received the authorization. */
  readonly providerReference: string | null;
  readonly declineCode: string | null;
  /**
   * Set while a PENDING payment waits for the buyer or the provider. Null before the provider has received the payment, and after the
   * payment has an outcome.
   */
  readonly waiting: PaymentWait | null;
  /** Each step increments it. */
  readonly version: number;
}

/** The wait of a PENDING payment: for an action of the buyer, or only for the provider when the action is null. */
export interface PaymentWait {
  readonly action: PaymentAction | null;
}

/** A step without a recorded outcome. Its amount is reserved, so concurrent steps cannot use it too. */
export interface OpenStep {
  /** The id of the step. The provider receives it as the idempotency key. */
  readonly id: string;
  readonly kind: StepKind;
  readonly amount: Money;
  readonly reason: string | null;
}

/** A step with its outcome, as recorded in the ledger. */
export interface Transaction extends OpenStep {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly declineCode: string | null;
  readonly providerReference: string | null;
}

/** A payment and its ledger entries after a step. */
export interface Settlement {
  readonly payment: Payment;
  readonly transaction: Transaction;
  /** Whether the authorization also captured the money. */
  readonly captured: boolean;
}

/** The statuses in which the shop can capture. A VOIDED payment becomes CAPTURED only when its buyer pays late. */
const CAPTURABLE: ReadonlySet<PaymentStatus> = new Set(['AUTHORIZED', 'CAPTURED']);

export type StepRefusal = PaymentNotAllowed | InvalidAmount | AmountExceedsRemaining;

/** Creates a payment that is not authorized yet. Fails unless the amount is positive. */
export function openPayment(
  request: Pick<Payment, 'id' | 'orderId' | 'provider' | 'amount'>,
): Result<Payment, PaymentNotAllowed> {
  if (request.amount.amountMinor <= 0) return err(notAllowed('Only a positive amount can be authorized'));
  const nothing = zero(request.amount.currency);
  return ok({
    ...request,
    status: 'PENDING',
    authorized: nothing,
    captured: nothing,
    refunded: nothing,
    disputed: nothing,
    providerReference: null,
    declineCode: null,
    waiting: null,
    version: 1,
  });
}

/** The amount of a capture, by default the remaining amount. Open captures count as captured. */
export function planCapture(
  payment: Payment,
  open: readonly OpenStep[],
  requested: Money | null,
): Result<Money, StepRefusal> {
  if (!CAPTURABLE.has(payment.status) || isUnderWay(open, 'REFUND'))
    return err(notAllowed(`A payment that is ${payment.status} cannot be captured now`));
  const remaining = subtract(payment.authorized, add(payment.captured, reservedBy(payment, open, 'CAPTURE')));
  return within(remaining, requested, captureExceedsAuthorized);
}

/** The amount of a refund, by default the remaining amount. Open refunds count as refunded. */
export function planRefund(
  payment: Payment,
  open: readonly OpenStep[],
  requested: Money | null,
): Result<Money, StepRefusal> {
  if (payment.captured.amountMinor === 0 || isUnderWay(open, 'CAPTURE'))
    return err(notAllowed(`A payment that is ${payment.status} has nothing to refund now`));
  return within(subtract(leftOf(payment), reservedBy(payment, open, 'REFUND')), requested, refundExceedsCaptured);
}

/**
 * The captured money that was neither refunded nor withdrawn by a dispute. Never negative, although a dispute may withdraw money that was
 * refunded before.
 */
export function leftOf({ captured, refunded, disputed }: Payment): Money {
  const left = subtract(captured, add(refunded, disputed));
  return left.amountMinor < 0 ? zero(captured.currency) : left;
}

/** The amount of a void: the entire authorized amount, including an authorization whose step is still open. */
export function planVoid(payment: Payment, open: readonly OpenStep[]): Result<Money, PaymentNotAllowed> {
  if (isUnderWay(open, 'VOID')) return err(notAllowed('The payment is being voided'));
  if (canTransition(PAYMENT_TRANSITIONS, payment.status, 'VOIDED')) return ok(payment.amount);
  return err(notAllowed(`A payment that is ${payment.status} cannot be voided`));
}

/** Records that the provider has received an authorization whose outcome is pending. */
export function beginWait(payment: Payment, { reference, action }: ProviderWait): Payment {
  return { ...payment, providerReference: reference, waiting: { action } };
}

/** Applies the outcome of a step to its payment. Returns the changed payment and the ledger entry. */
export function settle(payment: Payment, step: OpenStep, answer: ProviderOutcome): Settlement {
  const { id, kind, amount, reason } = step;
  const outcome = isOvertaken(payment, step, answer) ? ALREADY_CAPTURED : answer;
  if (outcome.kind === 'DECLINED') {
    const { declineCode } = outcome;
    return {
      payment: kind === 'AUTHORIZE' ? { ...payment, status: 'FAILED', declineCode, waiting: null } : payment,
      transaction: { id, kind, amount, reason, status: 'FAILED', declineCode, providerReference: null },
      captured: false,
    };
  }
  const { reference } = outcome;
  const captured = kind === 'AUTHORIZE' && outcome.captured === true;
  const held = approved(payment, step, reference);
  return {
    payment: captured ? approved(held, { ...step, kind: 'CAPTURE' }, reference) : held,
    transaction: { id, kind, amount, reason, status: 'SUCCEEDED', declineCode: null, providerReference: reference },
    captured,
  };
}

const ALREADY_CAPTURED: ProviderOutcome = { kind: 'DECLINED', declineCode: 'already_captured' };

/** Whether the buyer paid on the open page while a void ran. In that case the void has not returned the money. */
function isOvertaken({ captured }: Payment, { kind }: OpenStep, answer: ProviderOutcome): boolean {
  return kind === 'VOID' && answer.kind === 'APPROVED' && answer.pageStaysOpen === true && captured.amountMinor > 0;
}

/** Records that the buyer paid after the payment was voided. */
export function captureLate(payment: Payment): Payment {
  const { amount } = payment;
  return { ...payment, status: 'CAPTURED', authorized: amount, captured: amount };
}

function approved(payment: Payment, { kind, amount }: OpenStep, reference: string): Payment {
  switch (kind) {
    case 'AUTHORIZE':
      return { ...payment, status: 'AUTHORIZED', authorized: amount, providerReference: reference, waiting: null };
    case 'CAPTURE':
      return { ...payment, status: 'CAPTURED', captured: add(payment.captured, amount) };
    case 'VOID':
      // The authorization was declined while the void ran. Nothing is held, so the status stays FAILED.
      if (payment.status === 'FAILED') return payment;
      // The provider captured the money with the authorization while the void ran. The void has then refunded the money.
      return payment.captured.amountMinor > 0
        ? { ...payment, status: 'REFUNDED', refunded: payment.captured }
        : { ...payment, status: 'VOIDED', waiting: null };
    case 'REFUND': {
      const refunded = add(payment.refunded, amount);
      const isAll = refunded.amountMinor === payment.captured.amountMinor;
      return { ...payment, status: isAll ? 'REFUNDED' : 'PARTIALLY_REFUNDED', refunded };
    }
  }
}

function within(
  remaining: Money,
  requested: Money | null,
  exceeded: (remaining: Money) => AmountExceedsRemaining,
): Result<Money, InvalidAmount | AmountExceedsRemaining> {
  const amount = requested ?? remaining;
  if (amount.currency !== remaining.currency)
    return err(invalidAmount(`The payment is in ${remaining.currency}`, 'currencyCode'));
  if (requested && amount.amountMinor <= 0) return err(invalidAmount('Give an amount above zero', 'amount'));
  if (amount.amountMinor > remaining.amountMinor || remaining.amountMinor === 0) return err(exceeded(remaining));
  return ok(money(amount.amountMinor, amount.currency));
}

function reservedBy(payment: Payment, open: readonly OpenStep[], kind: StepKind): Money {
  return sum(
    open.filter((step) => step.kind === kind).map((step) => step.amount),
    payment.amount.currency,
  );
}

function isUnderWay(open: readonly OpenStep[], kind: StepKind): boolean {
  return open.some((step) => step.kind === kind);
}
