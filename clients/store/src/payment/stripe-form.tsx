import { loadStripe } from '@stripe/stripe-js/pure';
import { Notice, Skeleton } from '@souk/ui';
import { useEffect, useRef, useState } from 'react';
import type { Money } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { stripeAmountOf } from './stripe-amount.ts';

/**
 * Creates a token from the payment data that the buyer entered.
 * @returns the token, or an error message in the buyer's language
 */
export type TokenSource = () => Promise<{ readonly token: string } | { readonly problem: string }>;

export interface StripeFormProps {
  readonly publishableKey: string;
  readonly total: Money;
  /** Called with the token source when Stripe's form is shown, and with null when the form is removed. */
  readonly onSource: (source: TokenSource | null) => void;
}

/**
 * Stripe's form for cards, wallets and bank accounts. The script comes from js.stripe.com, because Stripe forbids other
 * copies.
 */
export function StripeForm({ publishableKey, total, onSource }: StripeFormProps) {
  const { t, language } = useI18n();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'LOADING' | 'READY' | 'FAILED'>('LOADING');
  const amount = stripeAmountOf(total);
  const currency = total.currencyCode.toLowerCase();
  useEffect(() => {
    let isGone = false;
    let leave = () => undefined as void;
    const show = async () => {
      const stripe = await loadStripe(publishableKey, { locale: language });
      if (isGone || !stripe || !place.current) return;
      const elements = stripe.elements({ mode: 'payment', amount, currency });
      const form = elements.create('payment');
      form.on('ready', () => setState('READY'));
      form.on('loaderror', () => setState('FAILED'));
      form.mount(place.current);
      leave = () => form.destroy();
      onSource(async () => {
        const { error: wrong } = await elements.submit();
        if (wrong) return { problem: wrong.message ?? t('error.server') };
        const { error, confirmationToken } = await stripe.createConfirmationToken({ elements });
        return error ? { problem: error.message ?? t('error.server') } : { token: confirmationToken.id };
      });
    };
    show().catch(() => isGone || setState('FAILED'));
    return () => {
      isGone = true;
      onSource(null);
      leave();
    };
  }, [publishableKey, amount, currency, language, onSource, t]);
  return (
    <div>
      {state === 'LOADING' && <Skeleton className="h-48 rounded-card" />}
      {state === 'FAILED' && <Notice tone="bad">{t('checkout.payment.formFailed')}</Notice>}
      <div ref={place} />
    </div>
  );
}
