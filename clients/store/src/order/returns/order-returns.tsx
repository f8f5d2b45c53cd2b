import { OrderReturnsDocument, returnableLines, type OrderReturnsQuery, type OrderShowQuery } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { Button } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { RequestReturnDialog } from './request-return-dialog.tsx';

type Order = NonNullable<OrderShowQuery['order']>;
type Return = NonNullable<OrderReturnsQuery['order']>['returns'][number];

/** The returns of an order, and a button to request one. Hidden when no unit was shipped. */
export function OrderReturns({ order, accessToken }: { readonly order: Order; readonly accessToken: string | null }) {
  const { t } = useI18n();
  const [isRequesting, setRequesting] = useState(false);
  const { data, refetch } = useOperation(OrderReturnsDocument, { orderId: order.id, accessToken }, { staleTime: 0 });
  const returns = data?.order?.returns;
  if (!returns) return null;
  const lines = returnableLines(order, returns);
  if (returns.length === 0 && lines.length === 0) return null;
  const finish = () => {
    setRequesting(false);
    void refetch();
  };
  return (
    <section>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-18 font-semibold">{t('return.title')}</h2>
        {lines.length > 0 && (
          <Button size="small" onClick={() => setRequesting(true)}>
            {t('return.request')}
          </Button>
        )}
      </div>
      <ul className="flex flex-col border-t">
        {returns.map((each) => (
          <ReturnRow key={each.id} shown={each} />
        ))}
      </ul>
      {isRequesting && (
        <RequestReturnDialog orderId={order.id} accessToken={accessToken} lines={lines} onClose={finish} />
      )}
    </section>
  );
}

function ReturnRow({ shown }: { readonly shown: Return }) {
  const { t, money, dateTime } = useI18n();
  const units = shown.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <li className="flex flex-col gap-1 border-b py-4 text-14">
      <p className="flex flex-wrap justify-between gap-x-4 font-medium">
        <span>{t('return.name', { number: shown.number, count: units })}</span>
        <span>{t(`return.status.${shown.status}`)}</span>
      </p>
      <p className="text-ink-3">{t('return.requestedAt', { time: dateTime(shown.requestedAt) })}</p>
      {shown.rejectionReason && <p className="text-ink-2">{shown.rejectionReason}</p>}
      {shown.refund && <p className="text-ink-2">{t('return.refund', { amount: money(shown.refund.amount) })}</p>}
    </li>
  );
}
