import { customerIdOf, type RequestContext } from '@souk/kit/context';
import { err, ok, type Clock, type Money, type Result } from '@souk/kit/domain';
import { offeredFor } from '../account/payment-account.ts';
import { findAccounts } from '../account/payment-account.repository.ts';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import type { AuthorizeRequest } from '../provider/payment-provider.ts';
import type { PaymentProviders } from '../provider/payment-providers.ts';
import { fingerprintOf, idFrom } from './fingerprint.ts';
import {
  declined,
  notAllowed,
  paymentNotFound,
  providerUnavailable,
  type PaymentDeclined,
  type PaymentNotAllowed,
  type PaymentNotFound,
  type ProviderUnavailable,
} from './payment.errors.ts';
import type { SavedMethod } from '../saved-method/saved-method.ts';
import {
  addPayment,
  closeUnknown,
  extendStep,
  findStep,
  findTransaction,
  lockPayment,
  takeTurns,
  type FingerprintedStep,
} from './payment.repository.ts';
import { leftOf, openPayment, planCapture, planRefund, planVoid, type Payment } from './payment.ts';
import { StepService, type BeginRefusal, type Progress } from './step.service.ts';

/** A request to authorize an amount. */
export interface AuthorizationRequest extends Pick<Payment, 'orderId' | 'amount' | 'provider'> {
  readonly paymentId: string;
  /** Absent when the buyer enters the payment method on the provider's page. */
  readonly token?: string | undefined;
  /** The saved method of the calling customer that pays in place of a token. @default none */
  readonly savedMethodId?: string | undefined;
  /** The buyer's e-mail address, if it is known. */
  readonly email?: string | undefined;
  /** Null when the client performs the payment action without a redirect. */
  readonly returnUrl?: string | null | undefined;
}

/** A request for a step on an existing payment. */
export interface StepCall {
  readonly paymentId: string;
  readonly stepId: string;
  /** The step fails when the payment has another version. Null accepts any version. */
  readonly expectedVersion?: number | null;
}

/** A request for a step that moves an amount. Null moves the entire remaining amount. */
export interface AmountCall extends StepCall {
  readonly amount: Money | null;
}

export type StepFailure = BeginRefusal | ProviderUnavailable;

/** Finds a method that a customer has saved, with the provider's references. Null when the customer has no such method. */
export type SavedMethodFinder = (
  tx: PaymentsTransaction,
  customerId: string,
  id: string,
) => Promise<Pick<SavedMethod, 'provider' | 'customerReference' | 'reference'> | null>;

/** An authorization that has begun. The provider is called next, unless the progress has an outcome. */
interface BegunAuthorization {
  readonly progress: Progress;
  readonly saved: AuthorizeRequest['saved'];
}

/** The outcome of a void. `payment` is null when the payment id was unknown. The id is then closed (see `ClosedPaymentEntity`). */
export interface VoidOutcome {
  readonly voided: boolean;
  readonly payment: Payment | null;
}

/**
 * Authorizes, captures, voids and refunds payments by the rules in `payment.ts`. Every method is idempotent: a repetition with the same ids
 * does not move money again.
 */
export class PaymentService {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #providers: PaymentProviders;
  readonly #clock: Clock;
  readonly #findSavedMethod: SavedMethodFinder;
  readonly #steps: StepService;

  /** @param findSavedMethod finds the saved payment method of a customer. @default no customer has a saved method */
  constructor(
    unitOfWork: PaymentsUnitOfWork,
    providers: PaymentProviders,
    clock: Clock,
    findSavedMethod: SavedMethodFinder = async () => null,
  ) {
    this.#unitOfWork = unitOfWork;
    this.#providers = providers;
    this.#clock = clock;
    this.#findSavedMethod = findSavedMethod;
    this.#steps = new StepService(unitOfWork, providers, clock);
  }

  async authorize(
    ctx: RequestContext,
    request: AuthorizationRequest,
  ): Promise<Result<Payment, PaymentDeclined | PaymentNotAllowed | ProviderUnavailable>> {
    const begun = await this.#unitOfWork.run(ctx, (tx) => this.#beginAuthorization(tx, request));
    if (!begun.ok) return begun;
    const { progress, saved } = begun.value;
    if (progress.payment.waiting) return this.#outcomeOf(ctx, progress);
    const {
      paymentId: idempotencyKey,
      orderId,
      amount,
      provider,
      token = null,
      email = null,
      returnUrl = null,
    } = request;
    const wanted = { idempotencyKey, orderId, amount, token, saved, email, returnUrl };
    const ask = () => this.#providers[provider].authorize(ctx, wanted);
    const finished = await this.#steps.finish(ctx, progress, ask);
    return finished.ok ? authorizationResult(finished.value) : finished;
  }

  /** Queries the provider for the outcome of a pending payment. Returns the stored outcome of any other payment. */
  async confirm(
    ctx: RequestContext,
    paymentId: string,
  ): Promise<Result<Payment, PaymentDeclined | PaymentNotAllowed | PaymentNotFound | ProviderUnavailable>> {
    const found = await this.#unitOfWork.run(ctx, async (tx) => {
      const locked = await lockPayment(tx, paymentId);
      const step = locked?.open.find(({ id }) => id === paymentId) ?? null;
      return locked && { payment: locked.payment, step, transaction: await findTransaction(tx, paymentId) };
    });
    return found ? this.#outcomeOf(ctx, found) : err(paymentNotFound());
  }

  async #outcomeOf(
    ctx: RequestContext,
    progress: Progress,
  ): Promise<Result<Payment, PaymentDeclined | PaymentNotAllowed | ProviderUnavailable>> {
    const { step, payment } = progress;
    const reference = payment.providerReference;
    if (!step) return authorizationResult(progress);
    // The provider's reply is not recorded yet. Only the first request can repeat the authorization, because the token is not stored.
    if (!payment.waiting || reference === null) return err(providerUnavailable());
    const provider = this.#providers[payment.provider];
    const about = { reference, authorizationKey: payment.id, amount: payment.amount };
    const finished = await this.#steps.finish(ctx, progress, () => provider.retrieve(ctx, about));
    return finished.ok ? authorizationResult(finished.value) : finished;
  }

  async capture(ctx: RequestContext, { amount, ...call }: AmountCall): Promise<Result<Payment, StepFailure>> {
    const fingerprint = fingerprintOf('CAPTURE', call.paymentId, amount);
    const finished = await this.#steps.perform(ctx, {
      ...call,
      expectedVersion: call.expectedVersion ?? null,
      kind: 'CAPTURE',
      reason: null,
      fingerprint,
      plan: (payment, open) => planCapture(payment, open, amount),
    });
    return finished.ok ? stepResult(finished.value) : finished;
  }

  async refund(
    ctx: RequestContext,
    { amount, reason, ...call }: AmountCall & { readonly reason: string },
  ): Promise<Result<Payment, StepFailure>> {
    const fingerprint = fingerprintOf('REFUND', call.paymentId, amount, reason);
    const finished = await this.#steps.perform(ctx, {
      ...call,
      expectedVersion: call.expectedVersion ?? null,
      kind: 'REFUND',
      reason,
      fingerprint,
      plan: (payment, open) => planRefund(payment, open, amount),
    });
    return finished.ok ? stepResult(finished.value) : finished;
  }

  /**
   * Refunds the remaining amount. Succeeds when nothing is left. Fails with PROVIDER_UNAVAILABLE while another step of the payment is open,
   * because the remaining amount depends on the outcome of that step. The caller must then repeat the call with the same step id.
   */
  async refundRest(
    ctx: RequestContext,
    call: StepCall & { readonly reason: string },
  ): Promise<Result<Payment, StepFailure>> {
    const refunded = await this.refund(ctx, { ...call, amount: null });
    if (refunded.ok || refunded.error.code === 'NOT_FOUND') return refunded;
    const locked = await this.#unitOfWork.run(ctx, (tx) => lockPayment(tx, call.paymentId));
    if (!locked) return refunded;
    const { payment, open } = locked;
    if (open.length > 0) return err(providerUnavailable());
    if (payment.captured.amountMinor > 0 && leftOf(payment).amountMinor === 0) return ok(payment);
    // The refund above may have failed because of a step that has ended since. If the provider has declined the refund, this call returns
    // the same decline.
    return this.refund(ctx, { ...call, amount: null });
  }

  /** Voids an existing payment. Succeeds when the payment is already voided. */
  async void(ctx: RequestContext, call: StepCall): Promise<Result<Payment, StepFailure>> {
    const finished = await this.#steps.perform(ctx, {
      ...call,
      expectedVersion: call.expectedVersion ?? null,
      kind: 'VOID',
      reason: null,
      fingerprint: fingerprintOf('VOID', call.paymentId),
      isDone: ({ status }) => status === 'VOIDED',
      plan: planVoid,
    });
    return finished.ok ? stepResult(finished.value) : finished;
  }

  /** Voids a payment. When the payment is unknown, closes its id, so an authorization that arrives later fails. */
  async voidOrClose(
    ctx: RequestContext,
    { paymentId, orderId }: { readonly paymentId: string; readonly orderId: string },
  ): Promise<Result<VoidOutcome, StepFailure>> {
    const found = await this.#unitOfWork.run(ctx, async (tx) => {
      await takeTurns(tx, paymentId);
      const locked = await lockPayment(tx, paymentId);
      if (!locked) await closeUnknown(tx, paymentId, orderId);
      return locked;
    });
    const payment = found?.payment ?? null;
    const begun = found?.open.find(({ kind }) => kind === 'VOID');
    if (!payment || (payment.status === 'FAILED' && !begun)) return ok({ voided: false, payment });
    if (payment.status === 'VOIDED') return ok({ voided: true, payment });
    const released = await this.void(ctx, { paymentId, stepId: begun?.id ?? idFrom('void', paymentId) });
    return released.ok ? ok({ voided: released.value.status !== 'FAILED', payment: released.value }) : released;
  }

  /** Finishes an abandoned step. An abandoned authorization is voided, because the token to repeat it is not stored. */
  async recover(ctx: RequestContext, stepId: string): Promise<void> {
    const begun = await this.#unitOfWork.run(ctx, (tx) => this.#takeOver(tx, stepId));
    if (!begun?.step) return; // another caller finished the step
    const { payment, step } = begun;
    if (step.kind === 'AUTHORIZE') await this.voidOrClose(ctx, { paymentId: payment.id, orderId: payment.orderId });
    else await this.#steps.resume(ctx, begun);
  }

  async #beginAuthorization(
    tx: PaymentsTransaction,
    request: AuthorizationRequest,
  ): Promise<Result<BegunAuthorization, PaymentNotAllowed>> {
    const { paymentId, orderId, amount, provider } = request;
    const opened = openPayment({ id: paymentId, orderId, provider, amount });
    if (!opened.ok) return opened;
    const saved = await this.#savedMethodOf(tx, request);
    if (!saved.ok) return saved;
    // The return URL is not part of the fingerprint, because the buyer may repeat the request from another page.
    const fingerprint = fingerprintOf('AUTHORIZE', orderId, amount, provider, request.token ?? request.savedMethodId);
    // The three statements are sent in one round trip and run in order. The payment is therefore inserted while the lock of `takeTurns` is
    // held. When the request fails below, the rollback also removes the payment.
    const [accounts, , isNew] = await Promise.all([
      findAccounts(tx),
      takeTurns(tx, paymentId),
      addPayment(tx, opened.value, fingerprint, this.#clock.now()),
    ]);
    if (isNew && !offeredFor(accounts, amount).some((method) => method.provider === provider))
      return err(notAllowed(`${provider} does not take this payment. Choose one of the cart's paymentMethods`));
    const step: FingerprintedStep = { id: paymentId, paymentId, kind: 'AUTHORIZE', amount, reason: null, fingerprint };
    if (isNew) return ok({ progress: { payment: opened.value, step, transaction: null }, saved: saved.value });
    const known = await this.#knownAuthorization(tx, paymentId, fingerprint);
    return known.ok ? ok({ progress: known.value, saved: saved.value }) : known;
  }

  /**
   * The provider's references of the saved method that pays. Null when the buyer pays with a token or on the provider's
   * page.
   */
  async #savedMethodOf(
    tx: PaymentsTransaction,
    { savedMethodId, provider, token }: AuthorizationRequest,
  ): Promise<Result<AuthorizeRequest['saved'], PaymentNotAllowed>> {
    if (savedMethodId === undefined) return ok(null);
    if (token !== undefined) return err(notAllowed('Give a token or a saved payment method, not both'));
    const customerId = customerIdOf(tx.ctx);
    if (customerId === null)
      return err(notAllowed('Only a customer who is logged in pays with a saved method. Log in, or give a token'));
    const found = await this.#findSavedMethod(tx, customerId, savedMethodId);
    return found?.provider === provider
      ? ok({ customer: found.customerReference, method: found.reference })
      : err(
          notAllowed(
            `The customer has no saved payment method with this id at ${provider}. Choose one of the customer's paymentMethods, or give a token`,
          ),
        );
  }

  async #knownAuthorization(
    tx: PaymentsTransaction,
    paymentId: string,
    fingerprint: string,
  ): Promise<Result<Progress, PaymentNotAllowed>> {
    const locked = await lockPayment(tx, paymentId);
    if (!locked) return err(notAllowed('The payment was voided before it was authorized'));
    const known = await this.#steps.knownStep(tx, locked, paymentId, fingerprint);
    if (known && !known.ok) return err(notAllowed('The payment id was used with another request'));
    return known ?? ok({ payment: locked.payment, step: null, transaction: null });
  }

  async #takeOver(tx: PaymentsTransaction, stepId: string): Promise<Progress | null> {
    const step = await findStep(tx, stepId);
    const locked = step && (await lockPayment(tx, step.paymentId));
    if (!locked?.open.some(({ id }) => id === stepId)) return null;
    await extendStep(tx, stepId, this.#clock.now());
    return { payment: locked.payment, step, transaction: null };
  }
}

function authorizationResult({ payment, transaction }: Progress): Result<Payment, PaymentDeclined | PaymentNotAllowed> {
  if (transaction?.declineCode) return err(declined(transaction.declineCode));
  if (payment.waiting) return ok(payment);
  if (!transaction || payment.status === 'VOIDED') return err(notAllowed('The payment was voided'));
  return ok(payment);
}

function stepResult({ payment, transaction }: Progress): Result<Payment, PaymentNotAllowed> {
  if (transaction?.status === 'SUCCEEDED' || (!transaction && payment.status === 'VOIDED')) return ok(payment);
  return err(notAllowed(`The payment provider refused it: ${transaction?.declineCode ?? 'no answer is recorded'}`));
}
