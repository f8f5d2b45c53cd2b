import { Button, Notice } from '@souk/ui';
import { useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import type { Cart } from '../cart/use-cart.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { PaymentOption } from '../payment/payment-options.ts';
import { PaymentStep } from '../payment/payment-step.tsx';
import type { TokenSource } from '../payment/stripe-form.tsx';
import { usePaymentOptions } from '../payment/use-payment-options.ts';
import { usePlaceOrder } from '../payment/use-place-order.ts';
import { CheckoutStep } from './checkout-step.tsx';

export interface PaymentAndReviewProps {
  readonly cart: Cart;
  /** Whether the earlier steps are complete. */
  readonly isReady: boolean;
  readonly refetch: () => Promise<unknown>;
  /** The message for the buyer after a failed payment attempt. Null otherwise. */
  readonly problem: string | null;
  readonly onProblem: (problem: string | null) => void;
}

/** The last two steps: the payment method, and the button that places the order. */
export function PaymentAndReview({ cart, isReady, refetch, problem, onProblem }: PaymentAndReviewProps) {
  const { t, money } = useI18n();
  const [, navigate] = useLocation();
  const options = usePaymentOptions(cart);
  const [id, setId] = useState<string | null>(null);
  const [source, setSource] = useState<{ readonly run: TokenSource } | null>(null);
  const takeSource = useCallback((run: TokenSource | null) => setSource(run && { run }), []);
  const { place, busy } = usePlaceOrder();
  const chosen = options?.find((option) => option.id === id) ?? options?.[0] ?? null;

  const order = async ({ provider, ...option }: PaymentOption) => {
    const made = option.kind === 'STRIPE_FORM' ? await source?.run() : { token: option.token };
    onProblem(made && 'problem' in made ? made.problem : null);
    if (!made || 'problem' in made) return;
    const placed = await place({ cartId: cart.id, provider, token: made.token, expectedVersion: cart.version });
    if (placed.kind === 'ORDERED') navigate(`/orders/${placed.orderId}`);
    else if (placed.kind === 'OPEN' && placed.payment.url) location.assign(placed.payment.url);
    else {
      onProblem(placed.kind === 'REFUSED' ? placed.problem : null);
      await refetch(); // The refusal may follow from a changed price or stock, which the present cart shows.
    }
  };

  return (
    <>
      <CheckoutStep number={3} title={t('checkout.payment')} isWaiting={!isReady}>
        <PaymentStep
          options={options}
          chosen={chosen}
          total={cart.totals.total}
          onChoose={setId}
          onSource={takeSource}
        />
      </CheckoutStep>
      <CheckoutStep number={4} title={t('checkout.review')} isWaiting={!isReady}>
        <div className="flex flex-col items-start gap-4">
          {problem && <Notice tone="bad">{problem}</Notice>}
          <p className="text-14 text-ink-2">{t('checkout.terms')}</p>
          <Button
            kind="primary"
            size="large"
            className="h-auto min-h-12 w-full py-2 whitespace-normal sm:w-auto"
            loading={busy}
            disabled={busy || chosen === null || (chosen.kind === 'STRIPE_FORM' && source === null)}
            onClick={() => chosen && void order(chosen)}
          >
            {t('checkout.place', { total: money(cart.totals.total) })}
          </Button>
        </div>
      </CheckoutStep>
    </>
  );
}
