import type { RequestContext } from '@souk/kit/context';
import type { Money } from '@souk/kit/domain';
import type { AccountSource } from '../../account/account-source.ts';
import type { PaymentProviderName } from '../../account/payment-account.ts';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { CallTurns } from '../../provider/call-turns.ts';
import type {
  AmountRequest,
  AuthorizeRequest,
  PaymentProvider,
  ProviderAnswer,
  RetrieveRequest,
  VoidRequest,
} from '../../provider/payment-provider.ts';
import { amountLeft, answerOfFailure, answerOfRefund, readTransaction, refundOfStep } from './hosted-answer.ts';
import type { HostedApi, HostedTransaction } from './hosted-api.ts';

const UNCONFIGURED: ProviderAnswer = { kind: 'DECLINED', declineCode: 'provider_not_configured' };
const ASKED_ALREADY: ProviderAnswer = {
  kind: 'UNAVAILABLE',
  message: 'Another caller asks the provider for this step',
};

export interface HostedProviderOptions {
  readonly name: PaymentProviderName;
  readonly accounts: AccountSource;
  readonly turns: CallTurns;
  /** Creates an API client with the keys of an account. */
  readonly connect: (secret: ProviderSecret) => HostedApi;
}

/**
 * Payments on a page of the provider. The payment's id is its reference at the provider. The buyer receives the page's URL only after the
 * URL is recorded, so a page whose response was lost is never paid. The note of a refund contains the id of its step. A repeated step finds
 * the earlier refund by this note and does not refund again.
 */
export class HostedPaymentProvider implements PaymentProvider {
  readonly #options: HostedProviderOptions;

  constructor(options: HostedProviderOptions) {
    this.#options = options;
  }

  authorize(ctx: RequestContext, request: AuthorizeRequest): Promise<ProviderAnswer> {
    const { idempotencyKey: reference, email, ...page } = request;
    return this.#ask(ctx, async (api) => {
      if (email === null) return { kind: 'DECLINED', declineCode: 'email_required' };
      if (!(await this.#options.turns.take(ctx, reference))) return ASKED_ALREADY;
      const opened = await api.open({ ...page, reference, email });
      if (!opened.ok) return answerOfFailure(opened.error);
      return { kind: 'WAITING', reference, action: { kind: 'REDIRECT', url: opened.value.url } };
    });
  }

  retrieve(ctx: RequestContext, { reference, amount, authorizationKey }: RetrieveRequest): Promise<ProviderAnswer> {
    return this.#ask(ctx, async (api) => {
      const found = await api.find(reference);
      if (!found.ok) return answerOfFailure(found.error);
      const reading = readTransaction(found.value, { reference, amount });
      if (reading.kind !== 'RETURN') return reading;
      const returned = await this.#return(ctx, api, reading.transaction, { stepId: authorizationKey, amount: null });
      return returned.kind === 'UNAVAILABLE' ? returned : { kind: 'DECLINED', declineCode: 'amount_mismatch' };
    });
  }

  /** Always declined, because the page captures the money immediately. */
  async capture(): Promise<ProviderAnswer> {
    return { kind: 'DECLINED', declineCode: 'already_captured' };
  }

  void(ctx: RequestContext, { authorizationKey, idempotencyKey }: VoidRequest): Promise<ProviderAnswer> {
    return this.#ask(ctx, async (api) => {
      const found = await api.find(authorizationKey);
      if (!found.ok) return answerOfFailure(found.error);
      const reference = authorizationKey;
      switch (found.value?.state) {
        case undefined:
        case 'OPEN':
          return { kind: 'APPROVED', reference, pageStaysOpen: true };
        case 'RETURNED':
          return { kind: 'APPROVED', reference };
        case 'PAID':
          return this.#return(ctx, api, found.value, { stepId: idempotencyKey, amount: null });
      }
    });
  }

  refund(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer> {
    const { authorizationKey, idempotencyKey: stepId, amount } = request;
    return this.#ask(ctx, async (api) => {
      const found = await api.find(authorizationKey);
      if (!found.ok) return answerOfFailure(found.error);
      if (!found.value || found.value.state === 'OPEN') return { kind: 'DECLINED', declineCode: 'unknown_payment' };
      return this.#return(ctx, api, found.value, { stepId, amount });
    });
  }

  /** Refunds money at most once per step. @param amount null to refund everything that is left */
  async #return(
    ctx: RequestContext,
    api: HostedApi,
    transaction: HostedTransaction,
    { stepId, amount }: { readonly stepId: string; readonly amount: Money | null },
  ): Promise<ProviderAnswer> {
    if (!(await this.#options.turns.take(ctx, stepId))) return ASKED_ALREADY;
    const refunds = await api.refundsOf(transaction);
    if (!refunds.ok) return answerOfFailure(refunds.error);
    const earlier = refundOfStep(refunds.value, stepId);
    if (earlier) return answerOfRefund(earlier);
    const wanted = amount ?? amountLeft(transaction, refunds.value);
    if (wanted.amountMinor <= 0) return { kind: 'APPROVED', reference: transaction.id };
    const made = await api.refund(transaction, { amount: wanted, note: `Souk ${stepId}` });
    return made.ok ? answerOfRefund(made.value) : answerOfFailure(made.error);
  }

  async #ask(ctx: RequestContext, call: (api: HostedApi) => Promise<ProviderAnswer>): Promise<ProviderAnswer> {
    const account = await this.#options.accounts.find(ctx, this.#options.name);
    return account?.secret ? call(this.#options.connect(account.secret)) : UNCONFIGURED;
  }
}
