import { Notice, RadioCards, Skeleton } from '@souk/ui';
import { lazy, Suspense } from 'react';
import type { Money } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { PaymentOption } from './payment-options.ts';
import type { TokenSource } from './stripe-form.tsx';

const StripeForm = lazy(() => import('./stripe-form.tsx').then(({ StripeForm: form }) => ({ default: form })));

export interface PaymentStepProps {
  /** Null until the shop has responded. */
  readonly options: readonly PaymentOption[] | null;
  readonly chosen: PaymentOption | null;
  readonly total: Money;
  readonly onChoose: (id: string) => void;
  readonly onSource: (source: TokenSource | null) => void;
}

/** The list of payment methods, and the form of the chosen method. */
export function PaymentStep({ options, chosen, total, onChoose, onSource }: PaymentStepProps) {
  const { t } = useI18n();
  if (options === null) return <Skeleton className="h-24 rounded-card" />;
  if (options.length === 0) return <Notice tone="warn">{t('checkout.payment.none')}</Notice>;
  return (
    <div className="flex flex-col gap-3">
      {options.some(({ kind }) => kind === 'TOKEN') && (
        <p className="text-14 text-ink-2">{t('checkout.payment.note')}</p>
      )}
      <RadioCards
        label={t('checkout.payment')}
        value={chosen?.id ?? null}
        onChange={onChoose}
        cards={options.map(({ id, title, text }) => ({ value: id, title: t(title), description: t(text) }))}
      />
      {chosen?.kind === 'STRIPE_FORM' && chosen.publishableKey !== null && (
        <Suspense fallback={<Skeleton className="h-48 rounded-card" />}>
          <StripeForm publishableKey={chosen.publishableKey} total={total} onSource={onSource} />
        </Suspense>
      )}
    </div>
  );
}
