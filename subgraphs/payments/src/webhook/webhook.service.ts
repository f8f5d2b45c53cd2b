import { logIds, type RequestContext } from '@souk/kit/context';
import { err, isUuid, ok, type Result } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import type { AccountSource } from '../account/account-source.ts';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { DisputeService } from '../dispute/dispute.service.ts';
import type { LatePayments } from '../late/late-payments.service.ts';
import type { ProviderUnavailable } from '../payment/payment.errors.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { SignedRequest, WebhookReader } from './webhook-reader.ts';
import { signatureInvalid, type WebhookRefusal } from './webhook.errors.ts';

/** A webhook request of a payment provider. */
export interface WebhookRequest extends SignedRequest {
  readonly provider: PaymentProviderName;
}

export type WebhookReaders = Partial<Readonly<Record<PaymentProviderName, WebhookReader>>>;

/** The services that process notifications. */
export interface WebhookReceivers {
  readonly payments: Pick<PaymentService, 'confirm'>;
  readonly late: Pick<LatePayments, 'check'>;
  readonly disputes: Pick<DisputeService, 'follow'>;
}

/** Receives the notifications of payment providers. */
export class WebhookService {
  readonly #accounts: AccountSource;
  readonly #readers: WebhookReaders;
  readonly #payments: Pick<PaymentService, 'confirm'>;
  readonly #late: Pick<LatePayments, 'check'>;
  readonly #disputes: Pick<DisputeService, 'follow'>;
  readonly #logger: Pick<Logger, 'info'>;

  constructor(
    accounts: AccountSource,
    readers: WebhookReaders,
    { payments, late, disputes }: WebhookReceivers,
    logger: Pick<Logger, 'info'>,
  ) {
    this.#accounts = accounts;
    this.#readers = readers;
    this.#payments = payments;
    this.#late = late;
    this.#disputes = disputes;
    this.#logger = logger;
  }

  /**
   * Updates the payment or dispute of a notification. Fails with PROVIDER_UNAVAILABLE while the payment's authorization is not recorded, or
   * when the provider does not reply. The provider then repeats the notification.
   */
  async receive(
    ctx: RequestContext,
    { provider, ...request }: WebhookRequest,
  ): Promise<Result<{ readonly received: true }, WebhookRefusal | ProviderUnavailable>> {
    const secret = (await this.#accounts.find(ctx, provider))?.secret;
    const reader = this.#readers[provider];
    // The failure is the same as for a wrong signature, so the response does not reveal which providers a shop uses.
    if (!secret || !reader) return err(signatureInvalid('it does not belong to an account of this shop'));
    const read = await reader.read(ctx, request, secret);
    if (!read.ok) return read;
    const { paymentId, disputeReference: reference } = read.value;
    if (reference !== undefined) {
      const followed = await this.#disputes.follow(ctx, { provider, reference }, secret);
      return followed.ok ? ok({ received: true }) : followed;
    }
    if (paymentId === null || !isUuid(paymentId)) return ok({ received: true });
    const confirmed = await this.#payments.confirm(ctx, paymentId);
    if (!confirmed.ok && confirmed.error.code === 'PROVIDER_UNAVAILABLE') return err(confirmed.error);
    const late = confirmed.ok ? confirmed : await this.#late.check(ctx, paymentId);
    if (!late.ok) return late;
    const outcome = confirmed.ok ? confirmed.value.status : confirmed.error.code;
    this.#logger.info({ ...logIds(ctx), provider, paymentId, outcome }, 'payment notification received');
    return ok({ received: true });
  }
}
