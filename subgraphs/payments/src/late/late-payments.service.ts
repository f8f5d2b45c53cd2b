import { logIds, type RequestContext } from '@souk/kit/context';
import { err, ok, type Clock, type Result } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import { fingerprintOf, idFrom } from '../payment/fingerprint.ts';
import { providerUnavailable, type ProviderUnavailable } from '../payment/payment.errors.ts';
import { paymentChanged } from '../payment/payment.events.ts';
import { addStep, addTransaction, lockPayment, savePayment } from '../payment/payment.repository.ts';
import { captureLate, type Payment } from '../payment/payment.ts';
import type { Progress, StepService } from '../payment/step.service.ts';
import type { PaymentProviders } from '../provider/payment-providers.ts';
import { nextCheck } from '../payment/late-check-times.ts';
import { lockOpenPage, postponeCheck, removeOpenPage } from '../payment/open-page.repository.ts';

/** The reason of the refund that staff see. */
const REASON = 'The buyer paid after the checkout had ended';

/**
 * Refunds money that arrives after a payment was voided. One transaction records the money, begins its refund and deletes the payment's
 * `open_page` row, so the refund begins only once. After a crash the recovery job finishes the refund.
 */
export class LatePayments {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #providers: PaymentProviders;
  readonly #steps: Pick<StepService, 'resume'>;
  readonly #clock: Clock;
  readonly #logger: Pick<Logger, 'warn'>;

  constructor(
    unitOfWork: PaymentsUnitOfWork,
    providers: PaymentProviders,
    { steps, clock, logger }: { steps: Pick<StepService, 'resume'>; clock: Clock; logger: Pick<Logger, 'warn'> },
  ) {
    this.#unitOfWork = unitOfWork;
    this.#providers = providers;
    this.#steps = steps;
    this.#clock = clock;
    this.#logger = logger;
  }

  /**
   * Checks with the provider whether the buyer paid a voided payment, and refunds the money. Returns SETTLED for a payment without an open
   * page.
   */
  async check(ctx: RequestContext, paymentId: string): Promise<Result<'SETTLED' | 'OPEN', ProviderUnavailable>> {
    const payment = await this.#unitOfWork.run(ctx, (tx) => this.#voidedPayment(tx, paymentId));
    if (!payment) return ok('SETTLED');
    const about = { reference: payment.providerReference ?? payment.id, authorizationKey: payment.id };
    const answer = await this.#providers[payment.provider].retrieve(ctx, { ...about, amount: payment.amount });
    switch (answer.kind) {
      case 'UNAVAILABLE':
        return err(providerUnavailable());
      case 'WAITING':
        return ok('OPEN');
      case 'DECLINED':
        await this.#unitOfWork.run(ctx, (tx) => removeOpenPage(tx, paymentId));
        return ok('SETTLED');
      case 'APPROVED':
        return this.#refund(ctx, payment, answer.reference);
    }
  }

  /** The voided payment, with its number of checks incremented. Null when its page is no longer open. */
  async #voidedPayment(tx: PaymentsTransaction, paymentId: string): Promise<Payment | null> {
    const page = await lockOpenPage(tx, paymentId);
    if (!page) return null;
    await postponeCheck(tx, paymentId, nextCheck(page.voidedAt, page.checks + 1));
    return (await lockPayment(tx, paymentId))?.payment ?? null;
  }

  async #refund(
    ctx: RequestContext,
    { id, amount }: Payment,
    reference: string,
  ): Promise<Result<'SETTLED', ProviderUnavailable>> {
    const begun = await this.#unitOfWork.run(ctx, (tx) => this.#recordMoney(tx, id, reference));
    if (!begun) return ok('SETTLED'); // a concurrent check was faster
    this.#logger.warn(
      { ...logIds(ctx), paymentId: id, amountMinor: amount.amountMinor, currency: amount.currency },
      'buyer paid after the checkout had ended, refunding the money',
    );
    const refunded = await this.#steps.resume(ctx, begun);
    return refunded.ok ? ok('SETTLED') : refunded;
  }

  async #recordMoney(tx: PaymentsTransaction, paymentId: string, reference: string): Promise<Progress | null> {
    if (!(await lockOpenPage(tx, paymentId))) return null;
    await removeOpenPage(tx, paymentId);
    const locked = await lockPayment(tx, paymentId);
    if (locked?.payment.status !== 'VOIDED') return null;
    const now = this.#clock.now();
    const { amount } = locked.payment;
    const entry = { paymentId, amount, reason: null, status: 'SUCCEEDED', declineCode: null } as const;
    const paid = { ...entry, providerReference: reference, fingerprint: fingerprintOf('LATE', paymentId) };
    for (const kind of ['AUTHORIZE', 'CAPTURE'] as const)
      await addTransaction(tx, { ...paid, id: idFrom('paid late', kind, paymentId), kind }, now);
    const payment = await savePayment(tx, captureLate(locked.payment));
    tx.outbox.append(paymentChanged('CAPTURE', payment));
    const fingerprint = fingerprintOf('REFUND', paymentId, null, REASON);
    const step = {
      id: idFrom('refund of late money', paymentId),
      paymentId,
      kind: 'REFUND',
      amount,
      reason: REASON,
      fingerprint,
    } as const;
    addStep(tx, step, now);
    return { payment, step, transaction: null };
  }
}
