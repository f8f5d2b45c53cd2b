import { logIds, requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { err, isUuid, ok, type Clock, type InvalidPage, type PageRequest, type Result } from '@souk/kit/domain';
import type { KeysetPage } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';
import { PaymentDisputed, PaymentsRead } from '../contract.ts';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import { idFrom } from '../payment/fingerprint.ts';
import { providerUnavailable, type ProviderUnavailable } from '../payment/payment.errors.ts';
import { lockPayment } from '../payment/payment.repository.ts';
import type { Payment } from '../payment/payment.ts';
import type { DisputeSources } from './dispute-source.ts';
import {
  addDisputed,
  addMovement,
  disputePage,
  disputesOfPayments,
  findDispute,
  saveDispute,
  type DisputeFilter,
  type DisputeRecord,
} from './dispute.repository.ts';
import { followDispute, type FollowedDispute, type ReportedDispute } from './dispute.ts';

/** Records the disputes that providers report. */
export class DisputeService {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #sources: DisputeSources;
  readonly #clock: Clock;
  readonly #logger: Pick<Logger, 'warn'>;

  constructor(
    unitOfWork: PaymentsUnitOfWork,
    sources: DisputeSources,
    { clock, logger }: { readonly clock: Clock; readonly logger: Pick<Logger, 'warn'> },
  ) {
    this.#unitOfWork = unitOfWork;
    this.#sources = sources;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Requests the state of a dispute from the provider and records it. Idempotent. */
  async follow(
    ctx: RequestContext,
    { provider, reference }: { readonly provider: PaymentProviderName; readonly reference: string },
    secret: ProviderSecret,
  ): Promise<Result<'RECORDED' | 'UNKNOWN', ProviderUnavailable>> {
    const asked = await this.#sources[provider]?.find(secret, reference);
    if (asked && !asked.ok) {
      this.#logger.warn(
        { ...logIds(ctx), provider, reference, why: asked.error },
        'dispute not read, asked again later',
      );
      return err(providerUnavailable());
    }
    const report = asked?.value;
    const paymentId = report?.paymentId ?? null;
    if (!report || paymentId === null || !isUuid(paymentId)) return ok('UNKNOWN');
    return ok(await this.#unitOfWork.run(ctx, (tx) => this.#record(tx, paymentId, report)));
  }

  /** A page of disputes. @throws AccessDeniedError without the scope `payments:read` */
  async page(
    ctx: RequestContext,
    page: PageRequest,
    filter: DisputeFilter,
  ): Promise<Result<KeysetPage<DisputeRecord>, InvalidPage>> {
    requireScope(ctx, PaymentsRead);
    return this.#unitOfWork.read(ctx, (tx) => disputePage(tx, page, filter));
  }

  /** The disputes of payments, grouped by payment id. Payments without disputes are not in the map. */
  async ofPayments(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, DisputeRecord[]>> {
    const rows = await this.#unitOfWork.read(ctx, (tx) => disputesOfPayments(tx, ids));
    return Map.groupBy(rows, (row) => row.payment_id);
  }

  async #record(tx: PaymentsTransaction, paymentId: string, report: ReportedDispute): Promise<'RECORDED' | 'UNKNOWN'> {
    const locked = await lockPayment(tx, paymentId);
    // The reference could belong to a payment of another system. A dispute in another currency is therefore ignored.
    if (locked?.payment.amount.currency !== report.amount.currency) return 'UNKNOWN';
    const { payment } = locked;
    const id = idFrom('dispute', payment.provider, report.reference);
    const followed = followDispute(await findDispute(tx, id), { id, paymentId }, report, this.#clock.now());
    if (!followed) return 'RECORDED';
    await saveDispute(tx, followed.dispute, { provider: payment.provider, reference: report.reference });
    await this.#move(tx, payment, followed);
    const { change, dispute } = followed;
    const { status, amount, withdrawn, reason } = dispute;
    const facts = { change, status, amount, withdrawn, reason, dueAt: dispute.dueAt?.toISOString() ?? null };
    tx.outbox.append(
      eventOf(PaymentDisputed, paymentId, { disputeId: id, paymentId, orderId: payment.orderId, ...facts }),
    );
    return 'RECORDED';
  }

  async #move(tx: PaymentsTransaction, payment: Payment, { dispute, movement }: FollowedDispute): Promise<void> {
    if (!movement) return;
    const { kind, amount } = movement;
    await addDisputed(tx, payment, kind === 'WITHDRAWAL' ? amount.amountMinor : -amount.amountMinor);
    // The payment's version makes the id unique, because money of one dispute may be withdrawn several times.
    const id = idFrom('dispute movement', dispute.id, String(payment.version));
    await addMovement(tx, dispute, { ...movement, id, at: this.#clock.now() });
  }
}
