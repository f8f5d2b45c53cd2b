import { OrderInvoicesDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { useI18n } from '../i18n/use-i18n.ts';

/** Links to the PDFs of an order's invoice and credit notes. Hidden until the invoice is issued. */
export function OrderInvoices({
  orderId,
  accessToken,
}: {
  readonly orderId: string;
  readonly accessToken: string | null;
}) {
  const { t } = useI18n();
  const { data } = useOperation(OrderInvoicesDocument, { orderId, accessToken });
  const invoices = data?.order?.invoices ?? [];
  if (invoices.length === 0) return null;
  return (
    <section aria-label={t('order.invoices')} className="rounded-card border bg-surface p-6 text-14">
      <h2 className="mb-2 text-ink-3">{t('order.invoices')}</h2>
      <ul className="flex flex-col gap-2">
        {invoices.map(({ id, type, number, pdfUrl }) => (
          <li key={id}>
            <a href={pdfUrl} download className="underline">
              {t(TITLES[type])} <bdi>{number}</bdi> (PDF)
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TITLES = { INVOICE: 'order.invoice', CREDIT_NOTE: 'order.creditNote' } as const;
