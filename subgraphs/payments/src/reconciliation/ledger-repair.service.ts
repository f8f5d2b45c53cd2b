import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import type { LatePayments } from '../late/late-payments.service.ts';
import { fingerprintOf, idFrom } from '../payment/fingerprint.ts';
import { paymentChanged } from '../payment/payment.events.ts';
import { addTransaction, lockPayment, savePayment } from '../payment/payment.repository.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import { settle, type OpenStep } from '../payment/payment.ts';
import { compareCharge, compareRefund, type LedgerPayment } from './difference.ts';
import { ledgerOf } from './ledger.repository.ts';
import type { ReportedCharge, ReportedRefund } from './transaction-source.ts';

const REASON = 'Refunded at the provider';

interface RepairDependencies {
  readonly payments: Pick<PaymentService, 'confirm'>;
  readonly late: Pick<LatePayments, 'check'>;
  readonly clock: Clock;
}

/**
 * Repairs differences whose cause is certain. The ledger then contains the provider's captures and refunds. Each repair
 * compares the payment again while the payment is locked.
 */
export class LedgerRepair {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #dependencies: RepairDependencies;

  constructor(unitOfWork: PaymentsUnitOfWork, dependencies: RepairDependencies) {
    this.#unitOfWork = unitOfWork;
    this.#dependencies = dependencies;
  }

  /**
   * Records a capture. For a waiting or voided payment, queries the provider instead.
   * @returns whether the ledger and the provider now agree
   */
  async mendCharge(ctx: RequestContext, provider: PaymentProviderName, charge: ReportedCharge): Promise<boolean> {
    const { paymentId } = charge;
    if (paymentId === null) return false;
    const repair = await this.#unitOfWork.run(ctx, async (tx) => {
      const known = await lockedLedger(tx, provider, paymentId);
      const repair = compareCharge(charge, known)?.repair ?? null;
      const id = idFrom('reconciled capture', paymentId);
      const step = { id, kind: 'CAPTURE', amount: charge.taken, reason: null } as const;
      if (known && repair === 'RECORD_CAPTURE') await this.#record(tx, known, step, charge.reference);
      return repair;
    });
    if (repair === 'ASK') await this.#dependencies.payments.confirm(ctx, paymentId);
    if (repair === 'CHECK_VOID') await this.#dependencies.late.check(ctx, paymentId);
    const after = await this.#unitOfWork.read(ctx, (tx) => ledgerOf(tx, provider, [paymentId]));
    return compareCharge(charge, after.get(paymentId) ?? null) === null;
  }

  /** Records a refund. @returns whether the ledger and the provider now agree */
  mendRefund(ctx: RequestContext, provider: PaymentProviderName, refund: ReportedRefund): Promise<boolean> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      const { paymentId, reference, amount } = refund;
      const known = paymentId === null ? null : await lockedLedger(tx, provider, paymentId);
      const finding = compareRefund(refund, known);
      if (!known || !finding) return true;
      if (finding.repair !== 'RECORD_REFUND') return false;
      const id = idFrom('reconciled refund', provider, reference);
      await this.#record(tx, known, { id, kind: 'REFUND', amount, reason: REASON }, reference);
      return true;
    });
  }

  async #record(tx: PaymentsTransaction, { payment }: LedgerPayment, step: OpenStep, reference: string): Promise<void> {
    const settled = settle(payment, step, { kind: 'APPROVED', reference });
    const saved = await savePayment(tx, settled.payment);
    const fingerprint = fingerprintOf('RECONCILED', step.kind, reference);
    const entry = { ...settled.transaction, paymentId: payment.id, fingerprint };
    await addTransaction(tx, entry, this.#dependencies.clock.now());
    tx.outbox.append(paymentChanged(step.kind, saved));
  }
}

/** The payment with its ledger, locked until the transaction ends. */
async function lockedLedger(
  tx: PaymentsTransaction,
  provider: PaymentProviderName,
  paymentId: string,
): Promise<LedgerPayment | null> {
  await lockPayment(tx, paymentId);
  return (await ledgerOf(tx, provider, [paymentId])).get(paymentId) ?? null;
}
