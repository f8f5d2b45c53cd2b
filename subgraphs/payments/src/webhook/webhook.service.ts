import { logIds, type RequestContext } from '@souk/kit/context';
import { err, isUuid, ok, type Result } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import type { AccountSource } from '../account/account-source.ts';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { DisputeService } from '../dispute/dispute.service.ts';
import type { LatePayments } from '../late/late-payments.service.ts';
import type { ProviderUnavailable } from '../payment/payment.errors.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { SavedMethodService } from '../saved-method/saved-method.service.ts';
import type { ProviderNotification, SignedRequest, WebhookReader } from './webhook-reader.ts';
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
  readonly methods: Pick<SavedMethodService, 'follow' | 'forget'>;
}

/** Receives the notifications of payment providers. */
export class WebhookService {
  readonly #accounts: AccountSource;
  readonly #readers: WebhookReaders;
  readonly #payments: Pick<PaymentService, 'confirm'>;
  readonly #late: Pick<LatePayments, 'check'>;
  readonly #disputes: Pick<DisputeService, 'follow'>;
  readonly #methods: Pick<SavedMethodService, 'follow' | 'forget'>;
  readonly #logger: Pick<Logger, 'info'>;

  constructor(
    accounts: AccountSource,
    readers: WebhookReaders,
    { payments, late, disputes, methods }: WebhookReceivers,
    logger: Pick<Logger, 'info'>,
  ) {
    this.#accounts = accounts;
    this.#readers = readers;
    this.#payments = payments;
    this.#late = late;
    this.#disputes = disputes;
    this.#methods = methods;
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
    return this.#act(ctx, provider, secret, read.value);
  }

  async #act(
    ctx: RequestContext,
    provider: PaymentProviderName,
    secret: ProviderSecret,
    { paymentId, disputeReference: reference, setupId, removedMethod }: ProviderNotification,
  ): Promise<Result<{ readonly received: true }, ProviderUnavailable>> {
    if (reference !== undefined) return received(await this.#disputes.follow(ctx, { provider, reference }, secret));
    if (setupId !== undefined) return isUuid(setupId) ? received(await this.#methods.follow(ctx, setupId)) : RECEIVED;
    if (removedMethod !== undefined) await this.#methods.forget(ctx, provider, removedMethod);
    if (paymentId === null || !isUuid(paymentId)) return RECEIVED;
    const confirmed = await this.#payments.confirm(ctx, paymentId);
    if (!confirmed.ok && confirmed.error.code === 'PROVIDER_UNAVAILABLE') return err(confirmed.error);
    const late = confirmed.ok ? confirmed : await this.#late.check(ctx, paymentId);
    if (!late.ok) return late;
    const outcome = confirmed.ok ? confirmed.value.status : confirmed.error.code;
    this.#logger.info({ ...logIds(ctx), provider, paymentId, outcome }, 'payment notification received');
    return RECEIVED;
  }
}

const RECEIVED = ok({ received: true } as const);

function received<Failed>(result: Result<unknown, Failed>): Result<{ readonly received: true }, Failed> {
  return result.ok ? RECEIVED : result;
}
