import { Button, Notice, RadioCards, Skeleton } from '@souk/ui';
import { useEffect, useState } from 'react';
import { EmptyCart } from '../cart/cart-page.tsx';
import { keepCartId, useCartId } from '../cart/cart-store.ts';
import { linkedCart } from '../cart/linked-cart.ts';
import { useCart, type Cart } from '../cart/use-cart.ts';
import { countryName } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { OpenPaymentPanel } from '../payment/open-payment-panel.tsx';
import { useOpenPayment } from '../payment/open-payment.ts';
import { addressLines } from '../address/address-fields.ts';
import { AddressForm } from './address-form.tsx';
import { CheckoutStep } from './checkout-step.tsx';
import { CheckoutSummary } from './checkout-summary.tsx';
import { PaymentAndReview, type PaymentAndReviewProps } from './payment-and-review.tsx';
import { useCheckout } from './use-checkout.ts';

export function CheckoutPage() {
  const { t } = useI18n();
  useLinkedCart();
  return (
    <Page title={t('checkout.title')}>
      <h1 className="mb-8 font-serif text-36">{t('checkout.title')}</h1>
      <CheckoutContent />
    </Page>
  );
}

/**
 * Opens the cart of a payment link, `#cart=...`, and removes the id from the URL. Anyone who knows the id can open the
 * cart.
 */
function useLinkedCart(): void {
  useEffect(() => {
    const id = linkedCart(location.hash);
    if (id === undefined) return;
    keepCartId(id);
    history.replaceState(history.state, '', location.pathname + location.search);
  }, []);
}

function CheckoutContent() {
  const { cart, error, isLoading, refetch } = useCart();
  const openPayment = useOpenPayment(useCartId());
  const [problem, setProblem] = useState<string | null>(null);
  const payment = { problem, onProblem: setProblem };
  // An open payment has priority over the cart. The provider may already have notified the shop, and the cart is then
  // an order.
  if (openPayment) return <OpenPaymentPanel payment={openPayment} {...payment} />;
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (isLoading) return <Skeleton className="h-96 rounded-card" />;
  if (!cart || cart.lines.length === 0) return <EmptyCart />;
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-16">
      <Steps cart={cart} refetch={refetch} {...payment} />
      <CheckoutSummary cart={cart} />
    </div>
  );
}

/** The steps of the checkout in one column. A step opens when the earlier steps are complete. */
function Steps({ cart, ...payment }: Omit<PaymentAndReviewProps, 'isReady'>) {
  const { t } = useI18n();
  const checkout = useCheckout(cart);
  const [isEditing, setEditing] = useState(cart.shippingAddress === null);
  const isReady = !isEditing && cart.shippingMethod !== null;
  return (
    <div className="flex flex-col gap-4">
      <CheckoutStep number={1} title={t('checkout.contact')}>
        {isEditing || !cart.shippingAddress ? (
          <AddressForm
            cart={cart}
            isSaving={checkout.busy === 'address'}
            problem={checkout.problemOf('address')}
            onSave={(values) => void checkout.saveAddress(values).then((isSaved) => isSaved && setEditing(false))}
          />
        ) : (
          <SavedAddress cart={cart} onChange={() => setEditing(true)} />
        )}
      </CheckoutStep>
      <CheckoutStep number={2} title={t('checkout.shipping')} isWaiting={isEditing}>
        <Shipping
          cart={cart}
          problem={checkout.problemOf('shipping')}
          onChoose={(id) => void checkout.chooseShipping(id)}
        />
      </CheckoutStep>
      <PaymentAndReview cart={cart} isReady={isReady} {...payment} />
    </div>
  );
}

function SavedAddress({ cart, onChange }: { readonly cart: Cart; readonly onChange: () => void }) {
  const { t, locale } = useI18n();
  const address = cart.shippingAddress;
  if (!address) return null;
  return (
    <div className="flex items-start justify-between gap-4">
      <address className="text-14 leading-relaxed text-ink-2 not-italic">
        <span dir="ltr">{cart.email}</span>
        {[...addressLines(address), countryName(address.countryCode, locale)].map((line) => (
          <span key={line} className="block">
            <bdi>{line}</bdi>
          </span>
        ))}
      </address>
      <Button kind="quiet" size="small" onClick={onChange}>
        {t('checkout.contact.change')}
      </Button>
    </div>
  );
}

/** The delivery time, and the amount that is missing until shipping is free. */
function ShippingFacts({
  description,
  deliveryDays,
  untilFree,
}: Pick<Cart['shippingMethods'][number], 'description' | 'deliveryDays' | 'untilFree'>) {
  const { t, money } = useI18n();
  return (
    <>
      {description && <span className="block">{description}</span>}
      {deliveryDays && (
        <span className="block">
          {deliveryDays.min === deliveryDays.max
            ? t('checkout.shipping.day', { days: deliveryDays.max })
            : t('checkout.shipping.days', deliveryDays)}
        </span>
      )}
      {untilFree && (
        <span className="block text-good">{t('checkout.shipping.untilFree', { amount: money(untilFree) })}</span>
      )}
    </>
  );
}

interface ShippingProps {
  readonly cart: Cart;
  readonly problem: string | null;
  readonly onChoose: (id: string) => void;
}

function Shipping({ cart, problem, onChoose }: ShippingProps) {
  const { t, money, locale } = useI18n();
  const { shippingMethods, shippingMethod, shippingAddress } = cart;
  if (shippingMethods.length === 0) {
    const country = countryName(shippingAddress?.countryCode ?? '', locale);
    return <Notice tone="warn">{t('checkout.shipping.none', { country })}</Notice>;
  }
  return (
    <div className="flex flex-col gap-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <RadioCards
        label={t('checkout.shipping')}
        value={shippingMethod?.id ?? null}
        onChange={onChoose}
        cards={shippingMethods.map(({ id, name, description, price, deliveryDays, untilFree }) => ({
          value: id,
          title: name,
          description: <ShippingFacts {...{ description, deliveryDays, untilFree }} />,
          aside: Number(price.amount) === 0 ? t('checkout.free') : money(price),
        }))}
      />
    </div>
  );
}
