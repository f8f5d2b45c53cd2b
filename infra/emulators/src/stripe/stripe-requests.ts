import { randomBytes } from 'node:crypto';
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
import { invalidRequest, noSuch } from './stripe-failure.ts';
import type { ConfirmationToken, Dispute, Intent, Refund, StripeObject } from './stripe-objects.ts';
import { outcomeOf, type CardOutcome } from './test-cards.ts';

const APPROVED: CardOutcome = { kind: 'APPROVED' };
/** The minimum amount. Stripe's minimum depends on the currency. The emulator requires only one unit. */
const SMALLEST_AMOUNT = 1;

/** A response: one object. An expanded dispute contains its intent instead of the intent's id. */
type Answer = StripeObject | (Omit<Dispute, 'payment_intent'> & { readonly payment_intent: Intent });

type Handler = (id: string, given: Parameters) => Answer;

/** The routes of the Stripe API that the emulator implements. */
export class StripeRequests {
  readonly #books: StripeBooks;
  readonly #webhooks: StripeEvents;
  readonly #ownUrl: () => string;

  constructor(books: StripeBooks, webhooks: StripeEvents, ownUrl: () => string) {
    this.#books = books;
    this.#webhooks = webhooks;
    this.#ownUrl = ownUrl;
  }

  /** Returns the handler of a request. Null when the emulator does not implement the route. */
  find(method: string, path: string): { readonly run: (given: Parameters) => Answer } | null {
    for (const [route, params, handle] of this.#routes) {
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

  buyerActs(id: string, approved: boolean): Intent {
    const intent = this.#intent(id);
    const outcome = outcomeOf(intent.payment_method ?? '') ?? APPROVED;
    return this.#apply(authenticate(intent, outcome, { approved, chargeId: newId('ch') }));
  }

  finishProcessing(id: string, succeeded: boolean): Intent {
    return this.#apply(finishProcessing(this.#intent(id), succeeded, newId('ch')));
  }

  readonly #routes: readonly (readonly [string, string, Handler])[] = [
    ['POST /v1/payment_intents', 'PaymentIntentCreateParams', (_id, given) => this.#create(given)],
    ['GET /v1/payment_intents/{id}', 'PaymentIntentRetrieveParams', (id) => this.#intent(id, 404)],
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
    ['GET /v1/refunds/{id}', 'RefundRetrieveParams', (id) => this.#books.refund(id) ?? missing('refund', id)],
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
    const methods = given['automatic_payment_methods'] as Parameters | undefined;
    const intent: Intent = {
      id,
      object: 'payment_intent',
      amount,
      amount_capturable: 0,
      amount_received: 0,
      automatic_payment_methods: methods
        ? { enabled: methods['enabled'] === 'true', allow_redirects: text(methods['allow_redirects'] ?? 'always') }
        : null,
      canceled_at: null,
      cancellation_reason: null,
      capture_method: (given['capture_method'] as Intent['capture_method'] | undefined) ?? 'automatic_async',
      client_secret: `${id}_secret_${randomBytes(12).toString('hex')}`,
      created: now(),
      currency,
      customer: typeof given['customer'] === 'string' ? given['customer'] : null,
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

  #confirm(id: string, given: Parameters): Intent {
    const intent = this.#intent(id);
    const paymentMethod =
      given['confirmation_token'] === undefined
        ? text(given['payment_method'] ?? '')
        : this.#redeemed(text(given['confirmation_token']), id);
    const outcome = outcomeOf(paymentMethod);
    if (!outcome) throw noSuch('PaymentMethod', paymentMethod, 'payment_method');
    return this.#apply(
      confirmIntent(intent, outcome, {
        paymentMethod,
        returnUrl: given['return_url'] === undefined ? null : text(given['return_url']),
        useStripeSdk: given['use_stripe_sdk'] === 'true',
        authenticationUrl: `${this.#ownUrl()}/authenticate/${id}`,
        chargeId: newId('ch'),
      }),
    );
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
    const token = this.#books.confirmationToken(id);
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
    const intent = this.#books.intent(intentId);
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

  #dispute(id: string, given: Parameters): Answer {
    const dispute = this.#books.dispute(id) ?? missing('dispute', id);
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
    return this.#books.intent(id) ?? missing('payment_intent', id, status);
  }
}

function missing(noun: string, id: string, status = 404): never {
  throw noSuch(noun, id, 'intent', status);
}

/**
 * Returns the id in a path that matches a route, or an empty text when the route has no id. Null when the path does not
 * match.
 */
function matchedId(route: string, request: string): string | null {
  const [before = '', after] = route.split('{id}');
  if (after === undefined) return request === route ? '' : null;
  if (!request.startsWith(before) || !request.endsWith(after)) return null;
  const id = request.slice(before.length, request.length - after.length);
  return id === '' || id.includes('/') ? null : id;
}

function metadataOf(given: Parameters): Readonly<Record<string, string>> {
  const metadata = given['metadata'];
  return typeof metadata === 'object' && !Array.isArray(metadata) ? (metadata as Record<string, string>) : {};
}

const text = (value: unknown): string => String(value);
const now = (): number => Math.floor(Date.now() / 1000);
const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
