import type { RequestContext } from '@souk/kit/context';
import type Stripe from 'stripe';
import type { AccountSource } from '../../account/account-source.ts';
import type {
  AmountRequest,
  AuthorizeRequest,
  PaymentProvider,
  ProviderAnswer,
  RetrieveRequest,
  VoidRequest,
} from '../../provider/payment-provider.ts';
import { stripeAmount } from './stripe-amount.ts';
import { stripeClient } from './stripe-client.provider.ts';
import { answerOfFailure, isStripeFailure } from './stripe-error.ts';
import {
  cancelAs,
  createIntent,
  decided,
  findOrCreateIntent,
  idOf,
  methodOf,
  refundOf,
} from './stripe-intents.provider.ts';

const UNCONFIGURED: ProviderAnswer = { kind: 'DECLINED', declineCode: 'provider_not_configured' };

/**
 * Payments with Stripe's PaymentIntents. An authorization first creates the intent without a payment method, then confirms it. After a
 * crash, a void repeats the creation with the same idempotency key and without the token. Stripe returns the same intent, and the void
 * cancels it. A confirmation that arrives later fails.
 */
export class StripePaymentProvider implements PaymentProvider {
  readonly #accounts: AccountSource;

  constructor(accounts: AccountSource) {
    this.#accounts = accounts;
  }

  authorize(ctx: RequestContext, request: AuthorizeRequest): Promise<ProviderAnswer> {
    return this.#ask(ctx, async (stripe, capture) => {
      const { token, returnUrl, idempotencyKey, amount } = request;
      const minor = stripeAmount(amount);
      if (token === null) return { kind: 'DECLINED', declineCode: 'payment_method_required' };
      if (!minor.ok) return { kind: 'DECLINED', declineCode: minor.error };
      const redirects = returnUrl === null ? 'never' : 'always';
      const intent = await createIntent(stripe, { ...request, amountMinor: minor.value }, { capture, redirects });
      try {
        const confirmed = await stripe.paymentIntents.confirm(
          intent.id,
          {
            ...methodOf(token),
            ...(returnUrl !== null && { return_url: returnUrl }),
            use_stripe_sdk: returnUrl === null,
          },
          { idempotencyKey: `${idempotencyKey}-confirm` },
        );
        return await decided(stripe, confirmed);
      } catch (error) {
        const answer = answerOf(error);
        return answer.kind === 'DECLINED' ? await cancelAs(answer, stripe, intent.id) : answer;
      }
    });
  }

  retrieve(ctx: RequestContext, { reference }: RetrieveRequest): Promise<ProviderAnswer> {
    return this.#ask(ctx, async (stripe) => decided(stripe, await stripe.paymentIntents.retrieve(reference)));
  }

  capture(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer> {
    const { authorizationReference: intent, amount, idempotencyKey } = request;
    return this.#ask(ctx, async (stripe) => {
      const minor = stripeAmount(amount);
      if (intent === null || !minor.ok)
        return { kind: 'DECLINED', declineCode: minor.ok ? 'unknown_payment' : minor.error };
      const captured = await stripe.paymentIntents.capture(
        intent,
        { amount_to_capture: minor.value },
        { idempotencyKey },
      );
      return { kind: 'APPROVED', reference: idOf(captured.latest_charge) ?? captured.id };
    });
  }

  void(ctx: RequestContext, request: VoidRequest): Promise<ProviderAnswer> {
    return this.#ask(ctx, async (stripe, capture) => {
      const { authorizationReference: known, authorizationKey: key, amount } = request;
      const minor = stripeAmount(amount);
      if (!minor.ok) return { kind: 'APPROVED', reference: key }; // an authorization of such an amount was never sent
      const wanted = { ...request, idempotencyKey: key, amountMinor: minor.value };
      const reference = known ?? (await findOrCreateIntent(stripe, wanted, capture)).id;
      // Stripe may have replayed the response of the first request. The current state is therefore retrieved.
      const intent = await stripe.paymentIntents.retrieve(reference);
      if (intent.status === 'canceled') return { kind: 'APPROVED', reference };
      if (intent.status !== 'succeeded') return cancelAs({ kind: 'APPROVED', reference }, stripe, reference);
      // Money that was captured by a separate step is not refunded here. Refunds of placed orders are separate steps.
      if (intent.capture_method === 'manual') return { kind: 'DECLINED', declineCode: 'already_captured' };
      return refundOf(stripe, { payment_intent: reference }, request.idempotencyKey);
    });
  }

  refund(ctx: RequestContext, request: AmountRequest): Promise<ProviderAnswer> {
    const { authorizationReference: intent, amount, idempotencyKey } = request;
    return this.#ask(ctx, async (stripe) => {
      const minor = stripeAmount(amount);
      if (intent === null || !minor.ok)
        return { kind: 'DECLINED', declineCode: minor.ok ? 'unknown_payment' : minor.error };
      return refundOf(stripe, { payment_intent: intent, amount: minor.value }, idempotencyKey);
    });
  }

  async #ask(
    ctx: RequestContext,
    call: (stripe: Stripe, capture: 'manual' | 'automatic') => Promise<ProviderAnswer>,
  ): Promise<ProviderAnswer> {
    const account = await this.#accounts.find(ctx, 'STRIPE');
    if (!account?.secret) return UNCONFIGURED;
    const stripe = stripeClient(account.secret);
    try {
      return await call(stripe, account.captureMethod === 'AUTOMATIC' ? 'automatic' : 'manual');
    } catch (error) {
      return answerOf(error);
    }
  }
}

function answerOf(error: unknown): ProviderAnswer {
  if (!isStripeFailure(error)) throw error;
  return answerOfFailure(error);
}
