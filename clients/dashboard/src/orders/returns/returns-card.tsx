import { returnableLines } from '@souk/sdk';
import { Button, Card } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { ManagedOrder } from '../use-order.ts';
import { useMay } from '../../session/use-session.ts';
import { RecordReturnDialog } from './record-return-dialog.tsx';
import { orderReturnsKey, readOrderReturns } from './return-actions.ts';
import { ReturnRow } from './return-row.tsx';

/** The card with the returns of an order. Hidden when no unit was shipped. */
export function ReturnsCard({ order }: { readonly order: ManagedOrder }) {
  const { t } = useI18n();
  const mayWrite = useMay()('orders:write');
  const [recording, setRecording] = useState(false);
  const found = useQuery({
    queryKey: orderReturnsKey(order.id),
    queryFn: ({ signal }) => readOrderReturns(order.id, signal),
  });
  const returns = found.data ?? [];
  const lines = returnableLines(order, returns);
  if (returns.length === 0 && lines.length === 0) return null;
  return (
    <Card
      title={t('returns.title')}
      flush
      aside={
        mayWrite &&
        found.isSuccess &&
        lines.length > 0 && (
          <Button size="small" onClick={() => setRecording(true)}>
            {t('returns.record')}
          </Button>
        )
      }
    >
      {returns.length === 0 ? (
        <p className="p-4 text-14 text-ink-2">{t('returns.none')}</p>
      ) : (
        <ul>
          {returns.map((each) => (
            <ReturnRow key={each.id} order={order} shown={each} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
      {recording && <RecordReturnDialog orderId={order.id} lines={lines} onClose={() => setRecording(false)} />}
    </Card>
  );
}
