import { randomUUID } from 'node:crypto';
import { actorId, requireScope, type RequestContext } from '@souk/kit/context';
import { err, moneyFromDecimal, ok, type Failure, type Money, type Result } from '@souk/kit/domain';
import { checkIdempotencyKey } from '@souk/kit/persistence';
import { PaymentsWrite } from '../contract.ts';
import { idFrom } from './fingerprint.ts';
import type { PaymentReader } from './payment-reader.service.ts';
import type { PaymentRecord } from './payment-records.repository.ts';
import { invalidAmount, type InvalidAmount } from './payment.errors.ts';
import type { Payment } from './payment.ts';
import type { PaymentService, StepFailure } from './payment.service.ts';

/** Input of the mutation `paymentVoid`. The inputs of captures and refunds extend it. */
export interface StaffStep {
  readonly paymentId: string;
  readonly expectedVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

/** Input of a step that moves an amount. When the amount is absent, the step moves the entire remaining amount. */
export interface StaffAmountStep extends StaffStep {
  readonly amount?: { readonly amount: string; readonly currencyCode: string } | null;
}

type StaffFailure = StepFailure | Failure<'IDEMPOTENCY_KEY_INVALID'>;

/**
 * Captures, refunds and voids for staff. The step id is derived from the caller's idempotency key. The key therefore never expires, because
 * the ledger keeps the step.
 */
export class StaffPaymentService {
  readonly #payments: PaymentService;
  readonly #reader: PaymentReader;

  constructor(payments: PaymentService, reader: PaymentReader) {
    this.#payments = payments;
    this.#reader = reader;
  }

  /** Captures an amount. @throws AccessDeniedError without the scope `payments:write` */
  capture(ctx: RequestContext, input: StaffAmountStep): Promise<Result<PaymentRecord, StaffFailure>> {
    return this.#step(ctx, input, (stepId, amount) => this.#payments.capture(ctx, { ...input, stepId, amount }));
  }

  /** Refunds an amount. @throws AccessDeniedError without the scope `payments:write` */
  refund(
    ctx: RequestContext,
    input: StaffAmountStep & { readonly reason: string },
  ): Promise<Result<PaymentRecord, StaffFailure>> {
    return this.#step(ctx, input, (stepId, amount) => this.#payments.refund(ctx, { ...input, stepId, amount }));
  }

  /** Voids the authorization. @throws AccessDeniedError without the scope `payments:write` */
  void(ctx: RequestContext, input: StaffStep): Promise<Result<PaymentRecord, StaffFailure>> {
    return this.#step(ctx, input, (stepId) => this.#payments.void(ctx, { ...input, stepId }));
  }

  async #step(
    ctx: RequestContext,
    input: StaffAmountStep,
    take: (stepId: string, amount: Money | null) => Promise<Result<Payment, StepFailure>>,
  ): Promise<Result<PaymentRecord, StaffFailure>> {
    requireScope(ctx, PaymentsWrite);
    const stepId = stepIdOf(ctx, input.idempotencyKey);
    if (!stepId.ok) return stepId;
    const amount = amountOf(input.amount);
    if (!amount.ok) return amount;
    const taken = await take(stepId.value, amount.value);
    if (!taken.ok) return taken;
    const { id } = taken.value;
    const record = (await this.#reader.byIds(ctx, [id])).get(id);
    if (!record) throw new Error(`Payment ${id} is gone`); // payments are never deleted
    return ok(record);
  }
}

/** The step id of an idempotency key. It depends on the caller too, so two users may use the same key. */
function stepIdOf(
  ctx: RequestContext,
  key: string | null | undefined,
): Result<string, Failure<'IDEMPOTENCY_KEY_INVALID'>> {
  if (key === null || key === undefined) return ok(randomUUID());
  const valid = checkIdempotencyKey(ctx, key);
  return valid.ok ? ok(idFrom('staff step', actorId(ctx) ?? ctx.actor.kind, key)) : valid;
}

function amountOf(input: StaffAmountStep['amount']): Result<Money | null, InvalidAmount> {
  if (!input) return ok(null);
  try {
    return ok(moneyFromDecimal(input.amount, input.currencyCode));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return err(
      invalidAmount(`${input.amount} is not an amount in ${input.currencyCode}. Use its decimal places`, 'amount'),
    );
  }
}
