import type { PaymentAction } from '../../contract.ts';
import type { ProviderAnswer } from '../../provider/payment-provider.ts';

/** The members of Stripe's PaymentIntent that decide an answer (docs.stripe.com/payments/paymentintents/lifecycle). */
export interface IntentState {
  readonly id: string;
  readonly status: string;
  readonly client_secret: string | null;
  readonly next_action?: {
    readonly type: string;
    readonly redirect_to_url?: { readonly url: string | null } | null | undefined;
  } | null;
  readonly last_payment_error?: Failure | null;
}

interface Failure {
  readonly code?: string | null | undefined;
  readonly decline_code?: string | null | undefined;
}

/** An answer, or ABANDON: the intent must be canceled before its decline is certain, because its client secret could confirm it again. */
export type IntentReading = ProviderAnswer | { readonly kind: 'ABANDON'; readonly declineCode: string };

/** The answer to an authorization or to a question for its outcome. */
export function readIntent(intent: IntentState): IntentReading {
  const { id: reference, status } = intent;
  switch (status) {
    case 'requires_capture':
      return { kind: 'APPROVED', reference };
    case 'succeeded':
      return { kind: 'APPROVED', reference, captured: true };
    case 'processing':
      return { kind: 'WAITING', reference, action: null };
    case 'requires_action':
      return { kind: 'WAITING', reference, action: actionOf(intent) };
    case 'canceled':
      return { kind: 'DECLINED', declineCode: declineCodeOf(intent.last_payment_error, 'authorization_voided') };
    default: // requires_payment_method, requires_confirmation
      return { kind: 'ABANDON', declineCode: declineCodeOf(intent.last_payment_error, 'payment_method_required') };
  }
}

/** The most specific reason of a failure: the issuer's, or else Stripe's. */
export function declineCodeOf(failure: Failure | null | undefined, otherwise: string): string {
  return failure?.decline_code ?? failure?.code ?? otherwise;
}

/** A redirect, or else an action that Stripe.js shows by the client secret. */
export function actionOf({
  next_action: action,
  client_secret: clientSecret,
}: Pick<IntentState, 'next_action' | 'client_secret'>): PaymentAction | null {
  const url = action?.redirect_to_url?.url;
  if (url) return { kind: 'REDIRECT', url };
  return clientSecret === null ? null : { kind: 'PROVIDER_LIBRARY', clientSecret };
}
