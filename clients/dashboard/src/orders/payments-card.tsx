import { Button, Card } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';
import { canCapture, canVoid, refundable } from './next-steps.ts';
import { RefundDialog } from './refund-dialog.tsx';
import type { OrderActions } from './use-order-action.ts';
import type { ManagedOrder, ManagedPayment } from './use-order.ts';

export interface PaymentsCardProps {
  readonly order: ManagedOrder;
  readonly actions: OrderActions;
}

/** The card with every payment attempt of an order, and its transactions at the provider. */
export function PaymentsCard({ order, actions }: PaymentsCardProps) {
  const { t } = useI18n();
  const payments = order.payments ?? [];
  return (
    <Card title={t('order.payments')} flush>
      {payments.length === 0 && <p className="p-4 text-14 text-ink-2">{t('order.payments.none')}</p>}
      {payments.map((payment) => (
        <PaymentRow key={payment.id} payment={payment} order={order} actions={actions} />
      ))}
    </Card>
  );
}

interface PaymentRowProps extends PaymentsCardProps {
  readonly payment: ManagedPayment;
}

function PaymentRow({ payment, order, actions }: PaymentRowProps) {
  const { t, money, dateTime } = useI18n();
  const mayWrite = useMay()('payments:write');
  return (
    <div className="border-b p-4 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="text-14">
          <p className="flex flex-wrap items-center gap-2">
            <span className="text-16 font-semibold tabular-nums">{money(payment.amount)}</span>
            <Status of="payment.status" value={payment.status} />
          </p>
          {payment.declineCode && (
            <p className="text-bad">{t('order.payment.declined', { code: payment.declineCode })}</p>
          )}
        </div>
        {mayWrite && <PaymentActions payment={payment} order={order} actions={actions} />}
      </div>
      <ul className="mt-3 flex flex-col gap-1.5 text-14">
        {(payment.transactions ?? []).map(({ id, kind, status, amount, at, reason }) => (
          <li key={id} className="flex justify-between gap-4 text-ink-2">
            <span>
              {t(TRANSACTIONS[kind])}
              {status === 'FAILED' && <span className="text-bad"> · {t('payment.status.FAILED')}</span>}
              <span className="text-ink-3">
                {' · '}
                {[dateTime(at), reason].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="tabular-nums">
              {kind === 'REFUND' && '−'}
              {money(amount)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const TRANSACTIONS = {
  AUTHORIZE: 'payment.status.AUTHORIZED',
  CAPTURE: 'payment.status.CAPTURED',
  VOID: 'payment.status.VOIDED',
  REFUND: 'payment.status.REFUNDED',
} as const;

function PaymentActions({ payment, order, actions }: PaymentRowProps) {
  const { t } = useI18n();
  const [refunding, setRefunding] = useState(false);
  const limit = refundable(payment);
  const { id: paymentId } = payment;
  return (
    <div className="flex flex-wrap gap-2">
      {canVoid(payment) && (
        <Button size="small" kind="quiet" onClick={() => actions.run({ kind: 'VOID', paymentId }, order)}>
          {t('order.action.void')}
        </Button>
      )}
      {canCapture(payment) && (
        <Button
          size="small"
          loading={actions.running === 'CAPTURE'}
          onClick={() => actions.run({ kind: 'CAPTURE', paymentId }, order)}
        >
          {t('order.action.capture')}
        </Button>
      )}
      {limit && (
        <>
          <Button size="small" loading={actions.running === 'REFUND'} onClick={() => setRefunding(true)}>
            {t('order.action.refund')}
          </Button>
          <RefundDialog
            key={limit.amount}
            limit={limit}
            open={refunding}
            onClose={() => setRefunding(false)}
            onRefund={(refund) => actions.run({ kind: 'REFUND', paymentId, ...refund }, order)}
          />
        </>
      )}
    </div>
  );
}
