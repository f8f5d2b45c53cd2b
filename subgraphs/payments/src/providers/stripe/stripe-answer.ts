import type { PaymentAction } from '../../contract.ts';
import type { ProviderAnswer } from '../../provider/payment-provider.ts';

/** The fields of a PaymentIntent from which a reply is derived (docs.stripe.com/payments/paymentintents/lifecycle). */
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

/**
 * A provider's reply, or ABANDON. ABANDON means that the intent was declined and must be canceled, because the client could confirm it
 * again with its client secret.
 */
export type IntentReading = ProviderAnswer | { readonly kind: 'ABANDON'; readonly declineCode: string };

/** Derives the reply to an authorization or to `retrieve` from an intent. */
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

/** The most specific reason of a failure: the issuer's decline code, otherwise Stripe's error code. */
export function declineCodeOf(failure: Failure | null | undefined, otherwise: string): string {
  return failure?.decline_code ?? failure?.code ?? otherwise;
}

/** A redirect, or an action that Stripe.js performs with the client secret. */
function actionOf({ next_action: action, client_secret: clientSecret }: IntentState): PaymentAction | null {
  const url = action?.redirect_to_url?.url;
  if (url) return { kind: 'REDIRECT', url };
  return clientSecret === null ? null : { kind: 'PROVIDER_LIBRARY', clientSecret };
}
