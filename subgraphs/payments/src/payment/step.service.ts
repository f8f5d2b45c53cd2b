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
import type { ProviderAnswer, ProviderOutcome, ProviderWait } from '../provider/payment-provider.ts';
import type { PaymentProviders } from '../provider/payment-providers.ts';
import {
  paymentNotFound,
  providerUnavailable,
  stepIdReused,
  type PaymentNotFound,
  type ProviderUnavailable,
} from './payment.errors.ts';
import { addOpenPage } from './open-page.repository.ts';
import { idFrom } from './fingerprint.ts';
import { paymentChanged, paymentSettled } from './payment.events.ts';
import {
  addStep,
  addTransaction,
  extendStep,
  findTransaction,
  lockPayment,
  removeSteps,
  savePayment,
  saveWait,
  settlePayment,
  WAIT_MS,
  type FingerprintedStep,
  type FingerprintedTransaction,
  type LockedPayment,
} from './payment.repository.ts';
import {
  beginWait,
  settle,
  type OpenStep,
  type Payment,
  type Settlement,
  type StepRefusal,
  type Transaction,
} from './payment.ts';

/** A request for a capture, void or refund of an existing payment. */
export interface StepRequest {
  readonly paymentId: string;
  /** The caller chooses the id. Two requests with the same id and fingerprint are the same step. */
  readonly stepId: string;
  readonly kind: 'CAPTURE' | 'VOID' | 'REFUND';
  readonly reason: string | null;
  readonly fingerprint: string;
  readonly expectedVersion: number | null;
  /** Whether the payment is already in the target status of the step. @default never */
  isDone?(payment: Payment): boolean;
  /** The amount of the step, or the failure when the payment does not allow the step. */
  plan(payment: Payment, open: readonly OpenStep[]): Result<Money, StepRefusal>;
}

/** The progress of a step. `transaction` is null while the outcome is pending, or when a void replaced the step. */
export interface Progress {
  readonly payment: Payment;
  readonly step: FingerprintedStep | null;
  readonly transaction: Transaction | null;
}

export type BeginRefusal = StepRefusal | PaymentNotFound | IdempotencyKeyReused | VersionConflict;

/**
 * Runs a step of a payment in three stages: record the step and commit, call the provider outside of transactions, record the outcome.
 * After a crash the step stays open. A repetition or the recovery job can finish it, because the provider returns the same outcome for the
 * same idempotency key.
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

  /** Calls the provider and records the outcome. Does nothing when the outcome is already recorded. */
  async finish(
    ctx: RequestContext,
    begun: Progress,
    ask: () => Promise<ProviderAnswer>,
  ): Promise<Result<Progress, ProviderUnavailable>> {
    const { payment, step } = begun;
    if (!step) return ok(begun);
    const answer = await ask();
    if (answer.kind === 'UNAVAILABLE') return err(providerUnavailable());
    if (answer.kind === 'WAITING')
      return ok(await this.#unitOfWork.run(ctx, (tx) => this.#recordWait(tx, payment.id, step.id, answer)));
    if (isPlain(payment, step, answer)) {
      const settled = await this.#unitOfWork.run(ctx, (tx) => this.#settleUnchanged(tx, payment, step, answer));
      if (settled.ok) return settled;
    }
    return ok(await this.#unitOfWork.run(ctx, (tx) => this.#record(tx, payment.id, step.id, answer)));
  }

  /** Finishes a step that another caller began. */
  async resume(ctx: RequestContext, begun: Progress): Promise<Result<Progress, ProviderUnavailable>> {
    return this.finish(ctx, begun, () => this.#ask(ctx, begun));
  }

  async #begin(tx: PaymentsTransaction, request: StepRequest): Promise<Result<Progress, BeginRefusal>> {
    // The transaction is read after the payment is locked, in the same round trip.
    const [locked, recorded] = await Promise.all([
      lockPayment(tx, request.paymentId),
      findTransaction(tx, request.stepId),
    ]);
    if (!locked) return err(paymentNotFound());
    const known = await this.knownStep(tx, locked, request.stepId, request.fingerprint, recorded);
    if (known) return known;
    const { payment, open } = locked;
    if (request.isDone?.(payment)) return ok({ payment, step: null, transaction: null });
    const current = expectVersion(payment.version, request.expectedVersion);
    if (!current.ok) return current;
    const planned = request.plan(payment, open);
    if (!planned.ok) return planned;
    const { stepId: id, paymentId, kind, reason, fingerprint } = request;
    const step = { id, paymentId, kind, amount: planned.value, reason, fingerprint };
    addStep(tx, step, this.#clock.now());
    return ok({ payment, step, transaction: null });
  }

  /**
   * Returns the open or finished step with this id. Null when the id is unknown. Fails when the id was used with another fingerprint.
   * @param recorded the transaction of the step @default it is read when the step is not open
   */
  async knownStep(
    tx: PaymentsTransaction,
    { payment, open }: LockedPayment,
    stepId: string,
    fingerprint: string,
    recorded?: FingerprintedTransaction | null,
  ): Promise<Result<Progress, IdempotencyKeyReused> | null> {
    const step = open.find(({ id }) => id === stepId) ?? null;
    const transaction = step ? null : recorded === undefined ? await findTransaction(tx, stepId) : recorded;
    const known = step ?? transaction;
    if (!known) return null;
    if (known.fingerprint !== fingerprint) return err(stepIdReused());
    if (step && !payment.waiting) await extendStep(tx, step.id, this.#clock.now());
    return ok({ payment, step, transaction });
  }

  /** Records the outcome of a plain step (see `isPlain`) if the payment has not changed since the step began. */
  async #settleUnchanged(
    tx: PaymentsTransaction,
    payment: Payment,
    step: FingerprintedStep,
    outcome: ProviderOutcome,
  ): Promise<Result<Progress, 'CHANGED'>> {
    const settled = settle(payment, step, outcome);
    const { fingerprint, paymentId } = step;
    const transaction = { ...settled.transaction, paymentId, fingerprint };
    const saved = await settlePayment(tx, settled.payment, transaction, this.#clock.now());
    if (!saved) return err('CHANGED');
    if (transaction.status === 'SUCCEEDED') tx.outbox.append(paymentChanged(step.kind, saved));
    return ok({ payment: saved, step: null, transaction: settled.transaction });
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
    // A concurrent caller has recorded the outcome, or a void has closed the step.
    if (!step) return { payment: locked.payment, step: null, transaction: await findTransaction(tx, stepId) };

    const settlement = settle(locked.payment, step, outcome);
    const { transaction } = settlement;
    const saved = await savePayment(tx, settlement.payment);
    await this.#addToLedger(tx, step, settlement);
    await removeSteps(tx, closedBy(step, transaction, locked.open));
    if (transaction.status === 'SUCCEEDED' && outcome.kind === 'APPROVED' && outcome.pageStaysOpen)
      await addOpenPage(tx, paymentId, this.#clock.now());
    if (transaction.status === 'SUCCEEDED') tx.outbox.append(paymentChanged(step.kind, saved));
    if (locked.payment.waiting && step.kind === 'AUTHORIZE') tx.outbox.append(paymentSettled(saved));
    return { payment: saved, step: null, transaction };
  }

  /** Adds the transaction. An authorization that also captured the money has a second entry for the capture. */
  async #addToLedger(
    tx: PaymentsTransaction,
    { paymentId, fingerprint }: FingerprintedStep,
    { transaction, captured }: Settlement,
  ): Promise<void> {
    const now = this.#clock.now();
    await addTransaction(tx, { ...transaction, paymentId, fingerprint }, now);
    if (!captured) return;
    const capture = { ...transaction, id: idFrom('captured at once', paymentId), kind: 'CAPTURE' } as const;
    await addTransaction(tx, { ...capture, paymentId, fingerprint }, now);
  }

  /** Marks the payment as waiting. The step stays open until its outcome, a void or the recovery job ends it. */
  async #recordWait(tx: PaymentsTransaction, paymentId: string, stepId: string, wait: ProviderWait): Promise<Progress> {
    const locked = await lockPayment(tx, paymentId);
    if (!locked) throw new Error(`Payment ${paymentId} is gone`); // payments are never deleted
    const step = locked.open.find(({ id }) => id === stepId);
    if (!step) return { payment: locked.payment, step: null, transaction: await findTransaction(tx, stepId) };
    if (locked.payment.waiting) return { payment: locked.payment, step, transaction: null }; // the first deadline counts
    const saved = await saveWait(tx, beginWait(locked.payment, wait));
    await extendStep(tx, stepId, this.#clock.now(), WAIT_MS);
    return { payment: saved, step, transaction: null };
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
        return provider.void(ctx, { ...about, orderId: payment.orderId, amount: payment.amount });
      case 'REFUND':
        return provider.refund(ctx, { ...about, amount: step.amount });
      case 'AUTHORIZE':
        throw new TypeError('Only the caller of an authorization has its token. Release the payment instead');
    }
  }
}

/**
 * Whether one SQL statement can record the outcome of the step. The statement updates the payment, adds one ledger entry and deletes the
 * row of the step. Three kinds of steps change more than that and need `#record`: a void, a step of a waiting payment, and an authorization
 * that also captured the money.
 */
function isPlain({ waiting }: Payment, { kind }: OpenStep, outcome: ProviderOutcome): boolean {
  const capturesAtOnce = outcome.kind === 'APPROVED' && outcome.captured === true;
  return kind !== 'VOID' && !waiting && !capturesAtOnce;
}

/**
 * The ids of the steps that an outcome ends. A void also ends the open authorization, because the provider then releases or declines that
 * authorization.
 */
function closedBy(step: OpenStep, { status }: Transaction, open: readonly OpenStep[]): string[] {
  const overtaken =
    step.kind === 'VOID' && status === 'SUCCEEDED' ? open.filter(({ kind }) => kind === 'AUTHORIZE') : [];
  return [step, ...overtaken].map(({ id }) => id);
}
