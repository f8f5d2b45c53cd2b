import type { CartPaymentMethodsQuery } from '@souk/sdk';
import type { MessageKey } from '../i18n/en.ts';

/** A payment provider that the shop offers for the cart's total. */
export type OfferedProvider = NonNullable<NonNullable<CartPaymentMethodsQuery['cart']>['paymentMethods']>[number];

/** One payment method in the list of the checkout. */
export interface PaymentOption {
  readonly id: string;
  readonly provider: OfferedProvider['provider'];
  readonly title: MessageKey;
  readonly text: MessageKey;
  /**
   * TOKEN is a test card with a known token. STRIPE_FORM shows Stripe's form, which creates a token. HOSTED redirects
   * the buyer to the provider's page.
   */
  readonly kind: 'TOKEN' | 'STRIPE_FORM' | 'HOSTED';
  /** The token of the test card. Null when the option is not a test card. */
  readonly token: string | null;
  /** The public key for Stripe's form. Null when the option does not use this form. */
  readonly publishableKey: string | null;
}

const NOTHING = { token: null, publishableKey: null } as const;

function testCard(provider: 'TEST' | 'STRIPE', token: string, title: MessageKey, text: MessageKey): PaymentOption {
  return { id: token, provider, title, text, kind: 'TOKEN', token, publishableKey: null };
}

const TEST_CARDS: Readonly<Record<'TEST' | 'STRIPE', readonly PaymentOption[]>> = {
  TEST: [
    testCard('TEST', 'tok_visa', 'checkout.payment.visa', 'checkout.payment.visaText'),
    testCard('TEST', 'tok_declined', 'checkout.payment.declined', 'checkout.payment.declinedText'),
  ],
  STRIPE: [
    testCard('STRIPE', 'pm_card_visa', 'checkout.payment.stripeTest', 'checkout.payment.stripeTestText'),
    testCard(
      'STRIPE',
      'pm_card_authenticationRequired',
      'checkout.payment.stripeConfirm',
      'checkout.payment.stripeConfirmText',
    ),
  ],
};

/** The display order of the providers. The first option is preselected. */
const ORDER: readonly OfferedProvider['provider'][] = ['TEST', 'STRIPE', 'PAYSTACK', 'FLUTTERWAVE'];

/**
 * The payment methods for the offered providers. Stripe without a publishable key is the emulator, which accepts
 * Stripe's test cards.
 */
export function optionsOf(offered: readonly OfferedProvider[]): PaymentOption[] {
  const inOrder = offered.toSorted((one, other) => ORDER.indexOf(one.provider) - ORDER.indexOf(other.provider));
  return inOrder.flatMap(({ provider, publishableKey }): readonly PaymentOption[] => {
    switch (provider) {
      case 'TEST':
        return TEST_CARDS.TEST;
      case 'STRIPE':
        return publishableKey ? [stripeForm(publishableKey)] : TEST_CARDS.STRIPE;
      case 'PAYSTACK':
        return [hosted(provider, 'checkout.payment.paystack')];
      case 'FLUTTERWAVE':
        return [hosted(provider, 'checkout.payment.flutterwave')];
      default:
        return []; // A provider that this version of the store does not know.
    }
  });
}

function stripeForm(publishableKey: string): PaymentOption {
  const texts = { title: 'checkout.payment.card', text: 'checkout.payment.cardText' } as const;
  return { ...NOTHING, ...texts, id: 'STRIPE', provider: 'STRIPE', kind: 'STRIPE_FORM', publishableKey };
}

function hosted(provider: 'PAYSTACK' | 'FLUTTERWAVE', title: MessageKey): PaymentOption {
  return { ...NOTHING, id: provider, provider, title, text: 'checkout.payment.hostedText', kind: 'HOSTED' };
}
