import { PUBLISHED_PARAMETERS } from './__generated__/published-parameters.ts';
import {
  authenticate,
  cancelIntent,
  captureIntent,
  confirmIntent,
  finishProcessing,
  type IntentChange,
} from './payment-intent.ts';
import { checkParameters } from './parameter-check.ts';
import type { Parameters } from './form-body.ts';
import type { StripeBooks } from './stripe-books.ts';
import type { StripeEvents } from './stripe-events.ts';
import {
  automaticMethodsOf,
  matchedId,
  metadataOf,
  missing,
  newId,
  now,
  secretOf,
  text,
  textOf,
} from './request-values.ts';
import { invalidRequest, noSuch } from './stripe-failure.ts';
import type {
  ConfirmationToken,
  Dispute,
  Intent,
  Refund,
  SetupIntent,
  StripeList,
  StripeObject,
} from './stripe-objects.ts';
import { listRoutes } from './stripe-lists.ts';
import { StripeVault } from './stripe-vault.ts';
import { outcomeOf, type CardOutcome } from './test-cards.ts';

const APPROVED: CardOutcome = { kind: 'APPROVED' };
/** The minimum amount. Stripe's minimum depends on the currency. The emulator requires only one unit. */
const SMALLEST_AMOUNT = 1;

/** A response: one object or a page of objects. An expanded dispute contains its intent instead of the intent's id. */
type Answer =
  | StripeObject
  | StripeList<StripeObject>
  | (Omit<Dispute, 'payment_intent'> & { readonly payment_intent: Intent });

type Handler = (id: string, given: Parameters) => Answer;

/** Method and path, the name of the published parameters, and the handler. */
export type Route = readonly [string, string, Handler];

/** An intent that a buyer authenticates. */
export type Authenticated = Intent | SetupIntent;

/** The routes of the Stripe API that the emulator implements. */
export class StripeRequests {
  readonly #books: StripeBooks;
  readonly #webhooks: StripeEvents;
  readonly #ownUrl: () => string;
  readonly #vault: StripeVault;

  constructor(books: StripeBooks, webhooks: StripeEvents, ownUrl: () => string) {
    this.#books = books;
    this.#webhooks = webhooks;
    this.#ownUrl = ownUrl;
    this.#vault = new StripeVault(books, webhooks, { ownUrl, methodOf: (given, id) => this.#methodOf(given, id) });
  }

  /** Returns the handler of a request. Null when the emulator does not implement the route. */
  find(method: string, path: string): { readonly run: (given: Parameters) => Answer } | null {
    for (const [route, params, handle] of [...this.#routes, ...this.#vault.routes, ...listRoutes(this.#books)]) {
      const id = matchedId(route, `${method} ${path}`);
      if (id === null) continue;
      return {
        run: (given) => {
          checkParameters(given, PUBLISHED_PARAMETERS[params] ?? {});
          return handle(id, given);
        },
      };
    }
    return null;
  }

  buyerActs(id: string, approved: boolean): Authenticated {
    if (this.#books.find('setup_intent', id)) return this.#vault.buyerActs(id, approved);
    const intent = this.#intent(id);
    const outcome = outcomeOf(this.#vault.testMethodOf(intent.payment_method ?? '')) ?? APPROVED;
    return this.#apply(authenticate(intent, outcome, { approved, chargeId: newId('ch') }));
  }

  finishProcessing(id: string, succeeded: boolean): Intent {
    return this.#apply(finishProcessing(this.#intent(id), succeeded, newId('ch')));
  }

  readonly #routes: readonly Route[] = [
    ['POST /v1/payment_intents', 'PaymentIntentCreateParams', (_id, given) => this.#create(given)],
    ['GET /v1/payment_intents/{id}', 'PaymentIntentRetrieveParams', (id) => this.#intent(id, 404)],
    ['POST /v1/payment_intents/{id}', 'PaymentIntentUpdateParams', (id, given) => this.#update(id, given)],
    ['POST /v1/payment_intents/{id}/confirm', 'PaymentIntentConfirmParams', (id, given) => this.#confirm(id, given)],
    ['POST /v1/payment_intents/{id}/capture', 'PaymentIntentCaptureParams', (id, given) => this.#capture(id, given)],
    ['POST /v1/payment_intents/{id}/cancel', 'PaymentIntentCancelParams', (id, given) => this.#cancel(id, given)],
    [
      'POST /v1/test_helpers/confirmation_tokens',
      'ConfirmationTokenCreateParams',
      (_id, given) => this.#confirmationToken(given),
    ],
    ['POST /v1/refunds', 'RefundCreateParams', (_id, given) => this.#refund(given)],
    ['GET /v1/disputes/{id}', 'DisputeRetrieveParams', (id, given) => this.#dispute(id, given)],
    ['GET /v1/refunds/{id}', 'RefundRetrieveParams', (id) => this.#books.find('refund', id) ?? missing('refund', id)],
  ];

  #create(given: Parameters): Intent {
    const currency = text(given['currency']);
    if (!/^[a-z]{3}$/.test(currency))
      throw invalidRequest(
        `Invalid currency: ${currency}. The currency must be a three-letter ISO code in lowercase.`,
        {
          param: 'currency',
        },
      );
    const amount = Number(given['amount']);
    if (amount < SMALLEST_AMOUNT)
      throw invalidRequest('This value must be greater than or equal to 1.', {
        code: 'parameter_invalid_integer',
        param: 'amount',
      });
    const id = newId('pi');
    const intent: Intent = {
      id,
      object: 'payment_intent',
      amount,
      amount_capturable: 0,
      amount_received: 0,
      automatic_payment_methods: automaticMethodsOf(given),
      canceled_at: null,
      cancellation_reason: null,
      capture_method: (given['capture_method'] as Intent['capture_method'] | undefined) ?? 'automatic_async',
      client_secret: secretOf(id),
      created: now(),
      currency,
      customer: textOf(given['customer']),
      last_payment_error: null,
      latest_charge: null,
      livemode: false,
      metadata: metadataOf(given),
      next_action: null,
      payment_method: null,
      payment_method_types: ['card'],
      status: 'requires_payment_method',
    };
    return this.#apply({ intent, event: 'payment_intent.created' });
  }

  /** Changes an intent before it is confirmed. */
  #update(id: string, given: Parameters): Intent {
    const customer = textOf(given['customer']);
    if (customer !== null && !this.#books.find('customer', customer)) throw noSuch('customer', customer, 'customer');
    const intent = this.#intent(id);
    if (intent.status !== 'requires_payment_method')
      throw invalidRequest(`You cannot update this PaymentIntent because it has a status of ${intent.status}.`, {
        code: 'payment_intent_unexpected_state',
      });
    const updated = {
      ...intent,
      customer: customer ?? intent.customer,
      metadata: { ...intent.metadata, ...metadataOf(given) },
    };
    this.#books.save(updated);
    return updated;
  }

  #confirm(id: string, given: Parameters): Intent {
    const intent = this.#intent(id);
    const paymentMethod = this.#methodOf(given, id);
    this.#vault.checkCustomer(paymentMethod, intent.customer);
    const outcome = outcomeOf(this.#vault.testMethodOf(paymentMethod));
    if (!outcome) throw noSuch('PaymentMethod', paymentMethod, 'payment_method');
    return this.#apply(
      confirmIntent(intent, outcome, {
        paymentMethod,
        returnUrl: textOf(given['return_url']),
        useStripeSdk: given['use_stripe_sdk'] === 'true',
        authenticationUrl: `${this.#ownUrl()}/authenticate/${id}`,
        chargeId: newId('ch'),
      }),
    );
  }

  /** The payment method of a confirmation: the method in the request, or the method of a confirmation token. */
  #methodOf(given: Parameters, intentId: string): string {
    const token = textOf(given['confirmation_token']);
    return token === null ? text(given['payment_method'] ?? '') : this.#redeemed(token, intentId);
  }

  /**
   * Creates a confirmation token. In a shop, Stripe.js creates the token in the browser. Tests use Stripe's test helper
   * endpoint.
   */
  #confirmationToken(given: Parameters): ConfirmationToken {
    const paymentMethod = text(given['payment_method'] ?? '');
    if (!outcomeOf(paymentMethod)) throw noSuch('PaymentMethod', paymentMethod, 'payment_method');
    const token: ConfirmationToken = {
      id: newId('ctoken'),
      object: 'confirmation_token',
      created: now(),
      livemode: false,
      payment_intent: null,
      payment_method: paymentMethod,
    };
    this.#books.save(token);
    return token;
  }

  /**
   * Returns the payment method of a confirmation token, and binds the token to this intent. A second intent is refused.
   */
  #redeemed(id: string, intentId: string): string {
    const token = this.#books.find('confirmation_token', id);
    if (!token) throw noSuch('ConfirmationToken', id, 'confirmation_token');
    if (token.payment_intent !== null && token.payment_intent !== intentId)
      throw invalidRequest(`This ConfirmationToken (${id}) was already used to confirm ${token.payment_intent}.`, {
        param: 'confirmation_token',
      });
    this.#books.save({ ...token, payment_intent: intentId });
    return token.payment_method;
  }

  #capture(id: string, given: Parameters): Intent {
    const intent = this.#intent(id);
    return this.#apply(captureIntent(intent, Number(given['amount_to_capture'] ?? intent.amount_capturable)));
  }

  #cancel(id: string, given: Parameters): Intent {
    const reason = given['cancellation_reason'];
    return this.#apply(cancelIntent(this.#intent(id), reason === undefined ? null : text(reason), now()));
  }

  #refund(given: Parameters): Refund {
    const intentId = text(given['payment_intent'] ?? '');
    const intent = this.#books.find('payment_intent', intentId);
    if (!intent) throw noSuch('payment_intent', intentId, 'payment_intent');
    if (intent.status !== 'succeeded')
      throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
        param: 'payment_intent',
      });
    const refunded = this.#books.refundsOf(intentId).reduce((sum, { amount }) => sum + amount, 0);
    const left = intent.amount_received - refunded;
    const amount = given['amount'] === undefined ? left : Number(given['amount']);
    if (left === 0)
      throw invalidRequest(`Charge ${intent.latest_charge} has already been refunded.`, {
        code: 'charge_already_refunded',
      });
    if (amount > left || amount < 1)
      throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
        param: 'amount',
      });
    const refund: Refund = {
      id: newId('re'),
      object: 'refund',
      amount,
      charge: intent.latest_charge,
      created: now(),
      currency: intent.currency,
      metadata: metadataOf(given),
      payment_intent: intentId,
      reason: given['reason'] === undefined ? null : text(given['reason']),
      status: 'succeeded',
    };
    this.#books.save(refund);
    this.#webhooks.publish('refund.created', refund, now());
    return refund;
  }

  /** Simulates a refund that Stripe accepted and that fails later, for instance at the buyer's bank. */
  failRefund(id: string): void {
    const refund = this.#books.find('refund', id) ?? missing('refund', id);
    this.#books.save({ ...refund, status: 'failed' });
    this.#webhooks.publish('refund.failed', { ...refund, status: 'failed' }, now());
  }

  #dispute(id: string, given: Parameters): Answer {
    const dispute = this.#books.find('dispute', id) ?? missing('dispute', id);
    const expand = given['expand'];
    if (!Array.isArray(expand) || !expand.includes('payment_intent')) return dispute;
    return { ...dispute, payment_intent: this.#intent(dispute.payment_intent) };
  }

  #apply({ intent, event, failure }: IntentChange): Intent {
    this.#books.save(intent);
    this.#webhooks.publish(event, intent, now());
    if (failure) throw failure;
    return intent;
  }

  #intent(id: string, status = 404): Intent {
    return this.#books.find('payment_intent', id) ?? missing('payment_intent', id, status);
  }
}
