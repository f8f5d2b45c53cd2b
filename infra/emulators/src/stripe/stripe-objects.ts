/**
 * A PaymentIntent, reduced to the fields that the emulator's clients read (docs.stripe.com/api/payment_intents/object).
 * Amounts are in Stripe's smallest unit.
 */
export interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_capturable: number;
  readonly amount_received: number;
  readonly automatic_payment_methods: { readonly enabled: boolean; readonly allow_redirects: string } | null;
  readonly canceled_at: number | null;
  readonly cancellation_reason: string | null;
  readonly capture_method: 'automatic' | 'automatic_async' | 'manual';
  readonly client_secret: string;
  readonly created: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly last_payment_error: IntentError | null;
  readonly latest_charge: string | null;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly next_action: NextAction | null;
  readonly payment_method: string | null;
  readonly payment_method_types: readonly string[];
  readonly status:
    | 'requires_payment_method'
    | 'requires_action'
    | 'processing'
    | 'requires_capture'
    | 'succeeded'
    | 'canceled';
}

export interface IntentError {
  readonly type: 'card_error' | 'invalid_request_error';
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
}

export type NextAction =
  | {
      readonly type: 'redirect_to_url';
      readonly redirect_to_url: { readonly url: string; readonly return_url: string };
    }
  | { readonly type: 'use_stripe_sdk'; readonly use_stripe_sdk: Readonly<Record<string, string>> };

/** A Refund (docs.stripe.com/api/refunds/object). */
export interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly charge: string | null;
  readonly created: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly payment_intent: string;
  readonly reason: string | null;
  readonly status: 'succeeded' | 'failed';
}

/** A Dispute (docs.stripe.com/api/disputes/object). */
export interface Dispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly charge: string | null;
  readonly created: number;
  readonly currency: string;
  readonly evidence_details: { readonly due_by: number | null; readonly has_evidence: false };
  readonly payment_intent: string;
  readonly reason: string;
  readonly status: 'warning_needs_response' | 'needs_response' | 'under_review' | 'won' | 'lost';
}

/** The payment data that a buyer entered in Stripe's form, valid for one confirmation. */
export interface ConfirmationToken {
  readonly id: string;
  readonly object: 'confirmation_token';
  /** The time of creation, in seconds since 1970. */
  readonly created: number;
  readonly livemode: false;
  /** The id of the intent that was confirmed with the token. Null before the confirmation. */
  readonly payment_intent: string | null;
  /** The test payment method of the token. Stripe's own API does not have this member. */
  readonly payment_method: string;
}

/** A Customer (docs.stripe.com/api/customers/object). */
export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  readonly email: string | null;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A PaymentMethod that a SetupIntent has saved (docs.stripe.com/api/payment_methods/object). */
export interface SavedMethod {
  readonly id: string;
  readonly object: 'payment_method';
  readonly card: {
    readonly brand: string;
    readonly exp_month: number;
    readonly exp_year: number;
    readonly last4: string;
  };
  readonly created: number;
  /** Null once the method is detached. */
  readonly customer: string | null;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly type: 'card';
  /** The emulator's own member: the test payment method that was saved. */
  readonly test_method: string;
}

/** A SetupIntent (docs.stripe.com/api/setup_intents/object). */
export interface SetupIntent {
  readonly id: string;
  readonly object: 'setup_intent';
  readonly automatic_payment_methods: Intent['automatic_payment_methods'];
  readonly client_secret: string;
  readonly created: number;
  readonly customer: string | null;
  readonly last_setup_error: IntentError | null;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly next_action: NextAction | null;
  /** The test payment method until the setup succeeds, then the saved payment method. */
  readonly payment_method: string | null;
  readonly status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled';
  readonly usage: string;
}

/** A page of a list (docs.stripe.com/api/pagination). */
export interface StripeList<Item extends { readonly id: string }> {
  readonly object: 'list';
  readonly data: readonly Item[];
  readonly has_more: boolean;
  readonly url: string;
}

export type StripeObject = Intent | Refund | Dispute | ConfirmationToken | Customer | SavedMethod | SetupIntent;
