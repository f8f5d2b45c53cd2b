import { Card } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ManagedOrder } from './use-order.ts';

/** The card with the texts that the buyer added to an order. Hidden when there are none. */
export function RemarksCard({ order }: { readonly order: ManagedOrder }) {
  const { t } = useI18n();
  const { buyerNote, purchaseOrderNumber, attributes } = order;
  const rows = [
    { label: t('order.remarks.purchaseOrder'), text: purchaseOrderNumber },
    { label: t('order.remarks.note'), text: buyerNote },
    ...attributes.map(({ key, value }) => ({ label: key, text: value })),
  ].filter(({ text }) => text !== null);
  if (rows.length === 0) return null;
  return (
    <Card title={t('order.remarks')}>
      <dl className="flex flex-col gap-3 text-14">
        {rows.map(({ label, text }) => (
          <div key={label}>
            <dt className="text-12 font-medium break-words text-ink-3">{label}</dt>
            <dd className="break-words whitespace-pre-line">{text}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
