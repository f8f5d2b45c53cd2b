import { err, ok } from '@souk/kit/domain';
import Stripe from 'stripe';
import { timeoutOf, type ProviderSecret } from '../../account/provider-secret.ts';
import type { MethodVault, SetupConfirmation, VaultReply } from '../../saved-method/method-vault.ts';
import { MOST_METHODS, type SavedCard, type SetupState } from '../../saved-method/saved-method.ts';
import { actionOf, declineCodeOf } from './stripe-answer.ts';
import { stripeClient } from './stripe-client.provider.ts';
import { answerOfFailure, isStripeFailure } from './stripe-error.ts';
import { methodOf } from './stripe-intents.provider.ts';

/**
 * The timeout of a request for a customer's methods. It is shorter than other timeouts, because the customer waits for
 * the list.
 */
const LIST_TIMEOUT_MS = 5_000;

/** Stripe's customers, SetupIntents and PaymentMethods (docs.stripe.com/payments/save-and-reuse). */
export class StripeVault implements MethodVault {
  customer(
    secret: ProviderSecret,
    { tenantId, customerId }: { readonly tenantId: string; readonly customerId: string },
  ): VaultReply<string> {
    return answered(async () => {
      const params = { metadata: { souk_customer: customerId } };
      const idempotencyKey = `souk-customer-${tenantId}-${customerId}`;
      return (await stripeClient(secret).customers.create(params, { idempotencyKey })).id;
    });
  }

  begin(
    secret: ProviderSecret,
    {
      setupId,
      customer,
      redirects,
    }: { readonly setupId: string; readonly customer: string; readonly redirects: boolean },
  ): VaultReply<string> {
    return answered(async () => {
      const created = await stripeClient(secret).setupIntents.create(
        {
          customer,
          usage: 'off_session',
          automatic_payment_methods: { enabled: true, allow_redirects: redirects ? 'always' : 'never' },
          metadata: { souk_setup: setupId },
        },
        { idempotencyKey: setupId },
      );
      return created.id;
    });
  }

  confirm(secret: ProviderSecret, { setupId, reference, token, returnUrl }: SetupConfirmation): VaultReply<SetupState> {
    const stripe = stripeClient(secret);
    return answered(async () => {
      try {
        const params = {
          ...methodOf(token),
          ...(returnUrl !== null && { return_url: returnUrl }),
          use_stripe_sdk: returnUrl === null,
        };
        const options = { idempotencyKey: `${setupId}-confirm` };
        return readSetup(await stripe.setupIntents.confirm(reference, params, options));
      } catch (error) {
        const answer = isStripeFailure(error) ? answerOfFailure(error) : null;
        if (answer?.kind !== 'DECLINED') throw error;
        return abandoned(stripe, reference, answer.declineCode);
      }
    });
  }

  state(
    secret: ProviderSecret,
    { reference, byToken }: { readonly reference: string; readonly byToken: boolean },
  ): VaultReply<SetupState> {
    const stripe = stripeClient(secret);
    return answered(async () => {
      const setup = await stripe.setupIntents.retrieve(reference);
      const failure = setup.status === 'requires_payment_method' && byToken ? setup.last_setup_error : null;
      return failure ? abandoned(stripe, reference, declineCodeOf(failure, 'setup_failed')) : readSetup(setup);
    });
  }

  cards(secret: ProviderSecret, customer: string): VaultReply<ReadonlyMap<string, SavedCard>> {
    return answered(async () => {
      const params = { limit: MOST_METHODS };
      const options = { timeout: Math.min(LIST_TIMEOUT_MS, timeoutOf(secret)), maxNetworkRetries: 0 };
      const { data } = await stripeClient(secret).customers.listPaymentMethods(customer, params, options);
      return new Map(data.flatMap(({ id, card }) => (card ? [[id, cardOf(card)] as const] : [])));
    });
  }

  remove(secret: ProviderSecret, method: string): VaultReply<void> {
    return answered(async () => {
      try {
        await stripeClient(secret).paymentMethods.detach(method);
      } catch (error) {
        // Stripe reports an invalid request when it does not know the method, or has already detached it.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      }
    });
  }
}

/**
 * Cancels a declined attempt, because its client secret could confirm it again. An attempt that succeeded meanwhile is
 * not canceled.
 */
async function abandoned(stripe: Stripe, reference: string, declineCode: string): Promise<SetupState> {
  const setup = await stripe.setupIntents.retrieve(reference);
  if (setup.status === 'succeeded') return readSetup(setup);
  if (setup.status !== 'canceled') await stripe.setupIntents.cancel(reference);
  return { kind: 'DECLINED', declineCode };
}

/** The state of a SetupIntent (docs.stripe.com/payments/intents?intent=setup). */
function readSetup(setup: Stripe.SetupIntent): SetupState {
  switch (setup.status) {
    case 'succeeded': {
      const method = typeof setup.payment_method === 'string' ? setup.payment_method : setup.payment_method?.id;
      return method ? { kind: 'SAVED', method } : { kind: 'DECLINED', declineCode: 'payment_method_missing' };
    }
    case 'canceled':
      return { kind: 'DECLINED', declineCode: declineCodeOf(setup.last_setup_error, 'setup_canceled') };
    case 'processing':
      return { kind: 'WAITING', action: null };
    default:
      return { kind: 'WAITING', action: actionOf(setup) };
  }
}

function cardOf({ brand, last4, exp_month, exp_year }: Stripe.PaymentMethod.Card): SavedCard {
  return { brand, lastDigits: last4, expiryMonth: exp_month, expiryYear: exp_year };
}

/**
 * Converts Stripe's response to a reply. Stripe refuses a request when the account's settings are wrong, so the outcome
 * of a refused request counts as unknown.
 */
async function answered<Value>(ask: () => Promise<Value>): VaultReply<Value> {
  try {
    return ok(await ask());
  } catch (error) {
    if (!isStripeFailure(error)) throw error;
    return err(`${error.type}: ${error.message}`);
  }
}
