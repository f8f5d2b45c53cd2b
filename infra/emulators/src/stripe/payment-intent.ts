import type { Intent, IntentError } from './stripe-objects.ts';
import { invalidRequest, StripeFailure } from './stripe-failure.ts';
import { AUTHENTICATION_FAILED, type CardOutcome } from './test-cards.ts';

/** An intent after a request, the event that Stripe publishes, and the error in the response. */
export interface IntentChange {
  readonly intent: Intent;
  readonly event: string;
  readonly failure?: StripeFailure;
}

export interface ConfirmTerms {
  readonly paymentMethod: string;
  readonly returnUrl: string | null;
  readonly useStripeSdk: boolean;
  /** The URL of the emulator's page for the bank's authentication. */
  readonly authenticationUrl: string;
  readonly chargeId: string;
}

/**
 * Confirms an intent with a payment method that has this outcome.
 * @throws StripeFailure when the intent's status does not allow it
 */
export function confirmIntent(intent: Intent, outcome: CardOutcome, terms: ConfirmTerms): IntentChange {
  if (intent.status !== 'requires_payment_method') throw unexpected(intent, 'confirm');
  if (!terms.returnUrl && !terms.useStripeSdk && intent.automatic_payment_methods?.allow_redirects === 'always')
    throw invalidRequest(
      'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`.',
      { param: 'return_url' },
    );
  return decide({ ...intent, payment_method: terms.paymentMethod }, outcome, terms);
}

/**
 * Completes the authentication with the buyer's decision.
 * @throws StripeFailure when the intent does not wait for an authentication
 */
export function authenticate(
  intent: Intent,
  outcome: CardOutcome,
  { approved, chargeId }: { readonly approved: boolean; readonly chargeId: string },
): IntentChange {
  if (intent.status !== 'requires_action') throw unexpected(intent, 'authenticate');
  if (!approved) return failed(intent, AUTHENTICATION_FAILED);
  const decision = outcome.kind === 'AUTHENTICATE' ? outcome.afterwards : outcome;
  return decision.kind === 'DECLINED' ? failed(intent, decision.error) : paid(intent, chargeId);
}

/** Completes a payment whose status is `processing`, as succeeded or failed. */
export function finishProcessing(intent: Intent, succeeded: boolean, chargeId: string): IntentChange {
  if (intent.status !== 'processing') throw unexpected(intent, 'process');
  if (succeeded) return paid(intent, chargeId);
  const message = 'The customer’s account has insufficient funds to cover this payment.';
  return failed(intent, { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message });
}

/** @throws StripeFailure when the intent's status does not allow it, or when the amount is too high */
export function captureIntent(intent: Intent, amount: number): IntentChange {
  if (intent.status !== 'requires_capture') throw unexpected(intent, 'capture');
  if (amount > intent.amount_capturable)
    throw invalidRequest(
      'The remaining amount on this PaymentIntent is less than the amount you are trying to capture.',
      { code: 'amount_too_large', param: 'amount_to_capture' },
    );
  const captured = { ...intent, status: 'succeeded' as const, amount_capturable: 0, amount_received: amount };
  return { intent: captured, event: 'payment_intent.succeeded' };
}

/** @throws StripeFailure when the intent's status does not allow it */
export function cancelIntent(intent: Intent, reason: string | null, now: number): IntentChange {
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpected(intent, 'cancel');
  const canceled = { status: 'canceled', canceled_at: now, cancellation_reason: reason } as const;
  return {
    intent: { ...intent, ...canceled, amount_capturable: 0, next_action: null },
    event: 'payment_intent.canceled',
  };
}

function decide(intent: Intent, outcome: CardOutcome, terms: ConfirmTerms): IntentChange {
  switch (outcome.kind) {
    case 'APPROVED':
      return paid(intent, terms.chargeId);
    case 'DECLINED': {
      const change = failed(intent, outcome.error);
      return { ...change, failure: new StripeFailure(402, { ...outcome.error, payment_intent: change.intent }) };
    }
    case 'PROCESSING':
      return { intent: { ...intent, status: 'processing' }, event: 'payment_intent.processing' };
    case 'AUTHENTICATE': {
      const { returnUrl, authenticationUrl: url } = terms;
      const next_action =
        returnUrl && !terms.useStripeSdk
          ? ({ type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } } as const)
          : ({ type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } } as const);
      return { intent: { ...intent, status: 'requires_action', next_action }, event: 'payment_intent.requires_action' };
    }
  }
}

function paid(intent: Intent, chargeId: string): IntentChange {
  const common = { ...intent, next_action: null, last_payment_error: null, latest_charge: chargeId };
  return intent.capture_method === 'manual'
    ? {
        intent: { ...common, status: 'requires_capture', amount_capturable: intent.amount },
        event: 'payment_intent.amount_capturable_updated',
      }
    : {
        intent: { ...common, status: 'succeeded', amount_received: intent.amount },
        event: 'payment_intent.succeeded',
      };
}

function failed(intent: Intent, error: IntentError): IntentChange {
  const next = { status: 'requires_payment_method', next_action: null, payment_method: null } as const;
  return { intent: { ...intent, ...next, last_payment_error: error }, event: 'payment_intent.payment_failed' };
}

function unexpected({ id, status }: Intent, action: string): StripeFailure {
  return invalidRequest(`You cannot ${action} this PaymentIntent because it has a status of ${status}.`, {
    code: 'payment_intent_unexpected_state',
    payment_intent: { id, status },
  });
}
