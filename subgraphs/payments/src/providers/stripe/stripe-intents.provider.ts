import Stripe from 'stripe';
import type { ProviderAnswer } from '../../provider/payment-provider.ts';
import { readIntent } from './stripe-answer.ts';

/** The parameters of an intent to create. The amount is in Stripe's smallest unit. */
interface WantedIntent {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly amount: { readonly currency: string };
  readonly amountMinor: number;
}

interface IntentTerms {
  readonly capture: 'manual' | 'automatic';
  /** Stripe offers payment methods with a redirect only if there is a return URL. */
  readonly redirects: 'always' | 'never';
}

/** Creates an intent without a payment method. With a known idempotency key, returns the earlier intent. No money is authorized yet. */
export function createIntent(
  stripe: Stripe,
  { idempotencyKey, orderId, amount, amountMinor }: WantedIntent,
  { capture, redirects }: IntentTerms,
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create(
    {
      amount: amountMinor,
      currency: amount.currency.toLowerCase(),
      capture_method: capture,
      automatic_payment_methods: { enabled: true, allow_redirects: redirects },
      metadata: { souk_payment: idempotencyKey, souk_order: orderId },
    },
    { idempotencyKey },
  );
}

/**
 * Finds the intent of an idempotency key whose response was lost. Stripe requires the same parameters for the same key, but Souk does not
 * store the parameters. Each possible combination is therefore tried. If no intent exists, one is created.
 */
export async function findOrCreateIntent(
  stripe: Stripe,
  wanted: WantedIntent,
  capture: IntentTerms['capture'],
): Promise<Stripe.PaymentIntent> {
  const captures = capture === 'manual' ? (['manual', 'automatic'] as const) : (['automatic', 'manual'] as const);
  const terms = captures.flatMap((each) => [
    { capture: each, redirects: 'never' as const },
    { capture: each, redirects: 'always' as const },
  ]);
  for (const each of terms) {
    try {
      return await createIntent(stripe, wanted, each);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeIdempotencyError)) throw error;
    }
  }
  throw new Error(`Stripe has an intent for the payment ${wanted.idempotencyKey} with another amount or order`);
}

/** A payment method of Stripe.js (`pm_...`), or its confirmation token (`ctoken_...`), which includes the buyer's consent. */
export function methodOf(
  token: string,
): Pick<Stripe.PaymentIntentConfirmParams, 'payment_method' | 'confirmation_token'> {
  return token.startsWith('ctoken_') ? { confirmation_token: token } : { payment_method: token };
}

/** The reply for an intent. An intent that was declined is canceled first, so it cannot succeed later. */
export async function decided(stripe: Stripe, intent: Stripe.PaymentIntent): Promise<ProviderAnswer> {
  const reading = readIntent(intent);
  return reading.kind === 'ABANDON'
    ? cancelAs({ kind: 'DECLINED', declineCode: reading.declineCode }, stripe, intent.id)
    : reading;
}

/**
 * Cancels an intent and returns `answer`. UNAVAILABLE when Stripe refuses the cancellation because the intent has just changed. A later
 * `retrieve` then reads its new state.
 */
export async function cancelAs(answer: ProviderAnswer, stripe: Stripe, intent: string): Promise<ProviderAnswer> {
  try {
    await stripe.paymentIntents.cancel(intent, { cancellation_reason: 'abandoned' });
    return answer;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    return { kind: 'UNAVAILABLE', message: `The intent ${intent} cannot be canceled at this moment: ${error.message}` };
  }
}

/**
 * Refunds an amount, or everything. The step succeeds when Stripe accepts the refund. Stripe reports a later failure with the event
 * `refund.failed`.
 */
export async function refundOf(
  stripe: Stripe,
  params: Stripe.RefundCreateParams,
  idempotencyKey: string,
): Promise<ProviderAnswer> {
  const metadata = { souk_step: idempotencyKey };
  const refund = await stripe.refunds.create({ ...params, metadata }, { idempotencyKey });
  const isRefused = refund.status === 'failed' || refund.status === 'canceled';
  return isRefused
    ? { kind: 'DECLINED', declineCode: refund.failure_reason ?? 'refund_failed' }
    : { kind: 'APPROVED', reference: refund.id };
}

export function idOf(charge: Stripe.PaymentIntent['latest_charge']): string | null {
  return typeof charge === 'string' ? charge : (charge?.id ?? null);
}
