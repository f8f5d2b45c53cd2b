import type { Parameters } from './form-body.ts';
import { automaticMethodsOf, metadataOf, missing, newId, now, secretOf, textOf } from './request-values.ts';
import type { StripeBooks } from './stripe-books.ts';
import type { StripeEvents } from './stripe-events.ts';
import { invalidRequest, noSuch, StripeFailure } from './stripe-failure.ts';
import type { Customer, IntentError, NextAction, SavedMethod, SetupIntent, StripeList } from './stripe-objects.ts';
import type { Route } from './stripe-requests.ts';
import { AUTHENTICATION_FAILED, cardOf, setupOutcomeOf } from './test-cards.ts';

interface VaultParts {
  readonly ownUrl: () => string;
  /** The payment method that a confirmation names. */
  readonly methodOf: (given: Parameters, setupId: string) => string;
}

/** Customers, and the payment methods that SetupIntents save for them (docs.stripe.com/payments/save-and-reuse). */
export class StripeVault {
  readonly #books: StripeBooks;
  readonly #events: StripeEvents;
  readonly #parts: VaultParts;

  constructor(books: StripeBooks, events: StripeEvents, parts: VaultParts) {
    this.#books = books;
    this.#events = events;
    this.#parts = parts;
  }

  readonly routes: readonly Route[] = [
    ['POST /v1/customers', 'CustomerCreateParams', (_id, given) => this.#createCustomer(given)],
    [
      'GET /v1/customers/{id}/payment_methods',
      'CustomerListPaymentMethodsParams',
      (id, given) => this.#methodsOf(id, given),
    ],
    ['POST /v1/setup_intents', 'SetupIntentCreateParams', (_id, given) => this.#create(given)],
    ['GET /v1/setup_intents/{id}', 'SetupIntentRetrieveParams', (id) => this.#setup(id)],
    ['POST /v1/setup_intents/{id}/confirm', 'SetupIntentConfirmParams', (id, given) => this.#confirm(id, given)],
    ['POST /v1/setup_intents/{id}/cancel', 'SetupIntentCancelParams', (id) => this.#cancel(id)],
    ['POST /v1/payment_methods/{id}/detach', 'PaymentMethodDetachParams', (id) => this.#detach(id)],
  ];

  /** The test payment method of a saved payment method. Any other name is returned unchanged. */
  testMethodOf(paymentMethod: string): string {
    return this.#books.find('payment_method', paymentMethod)?.test_method ?? paymentMethod;
  }

  /** @throws StripeFailure for a saved method of another customer */
  checkCustomer(paymentMethod: string, customer: string | null): void {
    const saved = this.#books.find('payment_method', paymentMethod);
    if (saved && (saved.customer === null || saved.customer !== customer))
      throw invalidRequest(
        `The customer does not have a payment method with the ID ${paymentMethod}. The payment method must be attached to the customer.`,
        { param: 'payment_method' },
      );
  }

  /** Simulates the buyer's decision on the issuer's page: the buyer authenticates the setup, or refuses. */
  buyerActs(id: string, approved: boolean): SetupIntent {
    const setup = this.#setup(id);
    if (setup.status !== 'requires_action') throw unexpected(setup, 'authenticate');
    return approved ? this.#succeed(setup, setup.payment_method ?? '') : this.#fail(setup, AUTHENTICATION_FAILED);
  }

  #createCustomer(given: Parameters): Customer {
    const customer: Customer = {
      id: newId('cus'),
      object: 'customer',
      created: now(),
      email: textOf(given['email']),
      livemode: false,
      metadata: metadataOf(given),
    };
    return this.#save(customer, 'customer.created');
  }

  /** The saved payment methods of a customer, newest first, as Stripe lists them. */
  #methodsOf(customer: string, given: Parameters): StripeList<SavedMethod> {
    if (!this.#books.find('customer', customer)) missing('customer', customer);
    const limit = Number(given['limit'] ?? 10);
    const found = this.#books.all('payment_method').filter((each) => each.customer === customer);
    const url = `/v1/customers/${customer}/payment_methods`;
    return { object: 'list', data: found.toReversed().slice(0, limit), has_more: found.length > limit, url };
  }

  #create(given: Parameters): SetupIntent {
    const customer = textOf(given['customer']);
    if (customer !== null && !this.#books.find('customer', customer)) throw noSuch('customer', customer, 'customer');
    const id = newId('seti');
    const setup: SetupIntent = {
      id,
      object: 'setup_intent',
      automatic_payment_methods: automaticMethodsOf(given),
      client_secret: secretOf(id),
      created: now(),
      customer,
      last_setup_error: null,
      livemode: false,
      metadata: metadataOf(given),
      next_action: null,
      payment_method: null,
      status: 'requires_payment_method',
      usage: textOf(given['usage']) ?? 'off_session',
    };
    return this.#save(setup, 'setup_intent.created');
  }

  #confirm(id: string, given: Parameters): SetupIntent {
    const setup = this.#setup(id);
    if (setup.status !== 'requires_payment_method') throw unexpected(setup, 'confirm');
    const method = this.#parts.methodOf(given, id);
    const outcome = setupOutcomeOf(method);
    if (!outcome) throw noSuch('PaymentMethod', method, 'payment_method');
    switch (outcome.kind) {
      case 'APPROVED':
        return this.#succeed(setup, method);
      case 'DECLINED': {
        const failed = this.#fail(setup, outcome.error);
        throw new StripeFailure(402, { ...outcome.error, setup_intent: failed });
      }
      case 'AUTHENTICATE': {
        const next_action = this.#actionOf(id, given);
        const waiting = { ...setup, payment_method: method, status: 'requires_action', next_action } as const;
        return this.#save(waiting, 'setup_intent.requires_action');
      }
      case 'PROCESSING':
        throw invalidRequest(`The emulator does not save ${method}.`, { param: 'payment_method' });
    }
  }

  #actionOf(id: string, given: Parameters): NextAction {
    const url = `${this.#parts.ownUrl()}/authenticate/${id}`;
    const returnUrl = textOf(given['return_url']);
    return returnUrl !== null && given['use_stripe_sdk'] !== 'true'
      ? { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } }
      : { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } };
  }

  #succeed(setup: SetupIntent, testMethod: string): SetupIntent {
    const method: SavedMethod = {
      id: newId('pm'),
      object: 'payment_method',
      card: cardOf(testMethod),
      created: now(),
      customer: setup.customer,
      livemode: false,
      metadata: {},
      type: 'card',
      test_method: testMethod,
    };
    this.#save(method, 'payment_method.attached');
    const succeeded = { status: 'succeeded', payment_method: method.id, next_action: null } as const;
    return this.#save({ ...setup, ...succeeded, last_setup_error: null }, 'setup_intent.succeeded');
  }

  #fail(setup: SetupIntent, error: IntentError): SetupIntent {
    const failed = { status: 'requires_payment_method', payment_method: null, next_action: null } as const;
    return this.#save({ ...setup, ...failed, last_setup_error: error }, 'setup_intent.setup_failed');
  }

  #cancel(id: string): SetupIntent {
    const setup = this.#setup(id);
    if (setup.status === 'succeeded' || setup.status === 'canceled') throw unexpected(setup, 'cancel');
    return this.#save({ ...setup, status: 'canceled', next_action: null }, 'setup_intent.canceled');
  }

  #detach(id: string): SavedMethod {
    const method = this.#books.find('payment_method', id);
    if (!method) throw noSuch('PaymentMethod', id, 'payment_method', 404);
    if (method.customer === null)
      throw invalidRequest(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
        { param: 'payment_method' },
      );
    return this.#save({ ...method, customer: null }, 'payment_method.detached');
  }

  #setup(id: string): SetupIntent {
    return this.#books.find('setup_intent', id) ?? missing('setupintent', id);
  }

  #save<Saved extends Customer | SavedMethod | SetupIntent>(object: Saved, event: string): Saved {
    this.#books.save(object);
    this.#events.publish(event, object, now());
    return object;
  }
}

function unexpected({ id, status }: SetupIntent, action: string): StripeFailure {
  return invalidRequest(`You cannot ${action} this SetupIntent because it has a status of ${status}.`, {
    code: 'setup_intent_unexpected_state',
    setup_intent: { id, status },
  });
}
