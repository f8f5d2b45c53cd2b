import type { RequestContext } from '@souk/kit/context';
import {
  err,
  expectVersion,
  ok,
  type Clock,
  type IdempotencyKeyReused,
  type Money,
  type Result,
  type VersionConflict,
} from '@souk/kit/domain';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import type { ProviderAnswer, ProviderOutcome } from '../provider/payment-provider.ts';
import type { PaymentProviders } from '../provider/payment-providers.ts';
import {
  paymentNotFound,
  providerUnavailable,
  stepIdReused,
  type PaymentNotFound,
  type ProviderUnavailable,
} from './payment.errors.ts';
import { paymentChanged } from './payment.events.ts';
import {
  addStep,
  addTransaction,
  extendStep,
  findTransaction,
  lockPayment,
  removeSteps,
  savePayment,
  type FingerprintedStep,
  type LockedPayment,
} from './payment.repository.ts';
import { settle, type OpenStep, type Payment, type StepRefusal, type Transaction } from './payment.ts';

/** A step on an existing payment. */
export interface StepRequest {
  readonly paymentId: string;
  /** The id, which the caller chooses. The same id with the same fingerprint identifies the same step. */
  readonly stepId: string;
  readonly kind: 'CAPTURE' | 'VOID' | 'REFUND';
  readonly reason: string | null;
  readonly fingerprint: string;
  readonly expectedVersion: number | null;
  /** Whether the payment has already reached the target state of the step. @default never */
  isDone?(payment: Payment): boolean;
  /** Decides whether the step may begin, and with which amount. */
  plan(payment: Payment, open: readonly OpenStep[]): Result<Money, StepRefusal>;
}

/** The progress of a step. `transaction` is null while the provider has not answered, or when a void replaced the step. */
export interface Progress {
  readonly payment: Payment;
  readonly step: FingerprintedStep | null;
  readonly transaction: Transaction | null;
}

export type BeginRefusal = StepRefusal | PaymentNotFound | IdempotencyKeyReused | VersionConflict;

/**
 * Runs a step of a payment in three moves: begin (recorded and committed), call the provider (outside of any transaction), record the
 * answer. A crash between two moves leaves an open step. A repeated call or the recovery job can finish an open step, because the provider
 * returns the same outcome for the same key.
 */
export class StepService {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #providers: PaymentProviders;
  readonly #clock: Clock;

  constructor(unitOfWork: PaymentsUnitOfWork, providers: PaymentProviders, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#providers = providers;
    this.#clock = clock;
  }

  async perform(
    ctx: RequestContext,
    request: StepRequest,
  ): Promise<Result<Progress, BeginRefusal | ProviderUnavailable>> {
    const begun = await this.#unitOfWork.run(ctx, (tx) => this.#begin(tx, request));
    return begun.ok ? this.finish(ctx, begun.value, () => this.#ask(ctx, begun.value)) : begun;
  }

  /** Calls the provider, and records the answer. Does neither when an answer is already recorded. */
  async finish(
    ctx: RequestContext,
    begun: Progress,
    ask: () => Promise<ProviderAnswer>,
  ): Promise<Result<Progress, ProviderUnavailable>> {
    const { payment, step } = begun;
    if (!step) return ok(begun);
    const answer = await ask();
    if (answer.kind === 'UNAVAILABLE') return err(providerUnavailable());
    return ok(await this.#unitOfWork.run(ctx, (tx) => this.#record(tx, payment.id, step.id, answer)));
  }

  /** Finishes a step that another caller began. */
  async resume(ctx: RequestContext, begun: Progress): Promise<Result<Progress, ProviderUnavailable>> {
    return this.finish(ctx, begun, () => this.#ask(ctx, begun));
  }

  async #begin(tx: PaymentsTransaction, request: StepRequest): Promise<Result<Progress, BeginRefusal>> {
    const locked = await lockPayment(tx, request.paymentId);
    if (!locked) return err(paymentNotFound());
    const known = await this.knownStep(tx, locked, request.stepId, request.fingerprint);
    if (known) return known;
    const { payment, open } = locked;
    if (request.isDone?.(payment)) return ok({ payment, step: null, transaction: null });
    const current = expectVersion(payment.version, request.expectedVersion);
    if (!current.ok) return current;
    const planned = request.plan(payment, open);
    if (!planned.ok) return planned;
    const { stepId: id, paymentId, kind, reason, fingerprint } = request;
    const step = { id, paymentId, kind, amount: planned.value, reason, fingerprint };
    await addStep(tx, step, this.#clock.now());
    return ok({ payment, step, transaction: null });
  }

  /** The step with this id, open or finished. Null for an unknown id. Refused when the id was used with another fingerprint. */
  async knownStep(
    tx: PaymentsTransaction,
    { payment, open }: LockedPayment,
    stepId: string,
    fingerprint: string,
  ): Promise<Result<Progress, IdempotencyKeyReused> | null> {
    const step = open.find(({ id }) => id === stepId) ?? null;
    const transaction = step ? null : await findTransaction(tx, stepId);
    const known = step ?? transaction;
    if (!known) return null;
    if (known.fingerprint !== fingerprint) return err(stepIdReused());
    if (step) await extendStep(tx, step.id, this.#clock.now());
    return ok({ payment, step, transaction });
  }

  async #record(
    tx: PaymentsTransaction,
    paymentId: string,
    stepId: string,
    outcome: ProviderOutcome,
  ): Promise<Progress> {
    const locked = await lockPayment(tx, paymentId);
    if (!locked) throw new Error(`Payment ${paymentId} is gone`); // payments are never deleted
    const step = locked.open.find(({ id }) => id === stepId);
    // A concurrent caller has recorded the answer, or a void has closed the step.
    if (!step) return { payment: locked.payment, step: null, transaction: await findTransaction(tx, stepId) };

    const { payment, transaction } = settle(locked.payment, step, outcome);
    const saved = await savePayment(tx, payment);
    await addTransaction(tx, { ...transaction, paymentId, fingerprint: step.fingerprint }, this.#clock.now());
    await removeSteps(tx, closedBy(step, transaction, locked.open));
    if (transaction.status === 'SUCCEEDED') tx.outbox.append(paymentChanged(step.kind, saved));
    return { payment: saved, step: null, transaction };
  }

  #ask(ctx: RequestContext, { payment, step }: Progress): Promise<ProviderAnswer> {
    if (!step) throw new TypeError('The step already has its answer, so the provider must not be called');
    const provider = this.#providers[payment.provider];
    const about = {
      idempotencyKey: step.id,
      authorizationKey: payment.id,
      authorizationReference: payment.providerReference,
    };
    switch (step.kind) {
      case 'CAPTURE':
        return provider.capture(ctx, { ...about, amount: step.amount });
      case 'VOID':
        return provider.void(ctx, about);
      case 'REFUND':
        return provider.refund(ctx, { ...about, amount: step.amount });
      case 'AUTHORIZE':
        throw new TypeError('Only the caller of an authorization has its token. Release the payment instead');
    }
  }
}

/**
 * The ids of the steps that a finished step closes: the step itself and, for a void, also the step of a running authorization, because the
 * provider releases or declines that authorization.
 */
function closedBy(step: OpenStep, { status }: Transaction, open: readonly OpenStep[]): string[] {
  const overtaken =
    step.kind === 'VOID' && status === 'SUCCEEDED' ? open.filter(({ kind }) => kind === 'AUTHORIZE') : [];
  return [step, ...overtaken].map(({ id }) => id);
}
