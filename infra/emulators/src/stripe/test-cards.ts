import type { IntentError } from './stripe-objects.ts';

/** The bank's decision about a test payment method. */
export type CardOutcome =
  | { readonly kind: 'APPROVED' }
  | { readonly kind: 'DECLINED'; readonly error: IntentError }
  | { readonly kind: 'AUTHENTICATE'; readonly afterwards: CardOutcome }
  | { readonly kind: 'PROCESSING' };

const APPROVED: CardOutcome = { kind: 'APPROVED' };
const DECLINED = declined('generic_decline', 'Your card was declined.');
const INSUFFICIENT = declined('insufficient_funds', 'Your card has insufficient funds.');

/** The supported test payment methods of Stripe (docs.stripe.com/testing). */
const CARDS: Readonly<Record<string, CardOutcome>> = {
  pm_card_visa: APPROVED,
  pm_card_mastercard: APPROVED,
  pm_card_visa_chargeDeclined: DECLINED,
  pm_card_visa_chargeDeclinedInsufficientFunds: INSUFFICIENT,
  pm_card_authenticationRequired: { kind: 'AUTHENTICATE', afterwards: APPROVED },
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: { kind: 'AUTHENTICATE', afterwards: INSUFFICIENT },
  pm_usBankAccount_processing: { kind: 'PROCESSING' },
  pm_card_chargeCustomerFail: DECLINED,
  pm_card_authenticationRequiredOnSetup: APPROVED,
};

/** The payment methods whose outcome differs when they are saved. */
const SETUPS: Readonly<Record<string, CardOutcome>> = {
  pm_card_chargeCustomerFail: APPROVED,
  pm_card_authenticationRequiredOnSetup: { kind: 'AUTHENTICATE', afterwards: APPROVED },
};

/** The outcome of a payment method. Null when the payment method is unknown. */
export function outcomeOf(paymentMethod: string): CardOutcome | null {
  return Object.hasOwn(CARDS, paymentMethod) ? (CARDS[paymentMethod] ?? null) : null;
}

/** The outcome of saving a payment method. Null when Stripe does not know the payment method. */
export function setupOutcomeOf(paymentMethod: string): CardOutcome | null {
  return Object.hasOwn(SETUPS, paymentMethod) ? (SETUPS[paymentMethod] ?? null) : outcomeOf(paymentMethod);
}

/** The card of a test payment method, as a PaymentMethod shows it. */
export function cardOf(paymentMethod: string) {
  const isMastercard = paymentMethod === 'pm_card_mastercard';
  const digits = isMastercard ? { brand: 'mastercard', last4: '4444' } : { brand: 'visa', last4: '4242' };
  return { ...digits, exp_month: 12, exp_year: new Date().getUTCFullYear() + 2 };
}

/** The error of a failed authentication. */
export const AUTHENTICATION_FAILED: IntentError = {
  type: 'invalid_request_error',
  code: 'payment_intent_authentication_failure',
  message:
    'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
};

function declined(declineCode: string, message: string): CardOutcome {
  return { kind: 'DECLINED', error: { type: 'card_error', code: 'card_declined', decline_code: declineCode, message } };
}
