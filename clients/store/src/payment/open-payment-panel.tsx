import { Button, Card, Notice } from '@souk/ui';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import type { OpenPayment } from './open-payment.ts';
import { usePlaceOrder, type Placed } from './use-place-order.ts';

export interface OpenPaymentPanelProps {
  readonly payment: OpenPayment;
  /** The message for the buyer after a failed attempt. Null otherwise. */
  readonly problem: string | null;
  readonly onProblem: (problem: string | null) => void;
}

/**
 * Checks the state of an open payment once. The buyer can then continue the payment, or choose another payment method.
 */
export function OpenPaymentPanel({ payment, problem, onProblem }: OpenPaymentPanelProps) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const { place, cancel, busy } = usePlaceOrder();
  const wasAsked = useRef(false);
  const follow = (placed: Placed) => {
    onProblem(placed.kind === 'REFUSED' ? placed.problem : null);
    if (placed.kind === 'ORDERED') navigate(`/orders/${placed.orderId}`);
  };
  useEffect(() => {
    if (wasAsked.current) return;
    wasAsked.current = true;
    void place(payment).then(follow);
  });
  return (
    <Card className="flex flex-col items-start gap-4 p-6">
      <h2 className="text-20 font-semibold">{t('checkout.open.title')}</h2>
      <p className="text-14 text-ink-2">{t(payment.url ? 'checkout.open.page' : 'checkout.open.wait')}</p>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className="flex flex-wrap gap-3">
        {payment.url ? (
          <Button kind="primary" loading={busy} onClick={() => location.assign(payment.url ?? '')}>
            {t('checkout.open.continue')}
          </Button>
        ) : (
          <Button kind="primary" loading={busy} onClick={() => void place(payment).then(follow)}>
            {t('checkout.open.ask')}
          </Button>
        )}
        <Button disabled={busy} onClick={() => void cancel(payment).then(follow)}>
          {t('checkout.open.cancel')}
        </Button>
      </div>
    </Card>
  );
}
