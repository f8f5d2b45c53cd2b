import { Button, Card } from '@souk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useMay } from '../../session/use-session.ts';
import type { ManagedOrder } from '../use-order.ts';
import {
  downloadInvoice,
  issueInvoice,
  orderInvoicesKey,
  readOrderInvoices,
  type ListedInvoice,
} from './invoice-actions.ts';

/** The card with the invoice and the credit notes of an order, each with its PDF. */
export function InvoicesCard({ order }: { readonly order: ManagedOrder }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const mayWrite = useMay()('invoices:write');
  const found = useQuery({
    queryKey: orderInvoicesKey(order.id),
    queryFn: ({ signal }) => readOrderInvoices(order.id, signal),
  });
  const issue = useMutation({
    mutationFn: () => issueInvoice(order.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: orderInvoicesKey(order.id) }),
  });
  const invoices = found.data ?? [];
  const canIssue = mayWrite && found.isSuccess && invoices.length === 0 && order.status !== 'CANCELED';
  return (
    <Card
      title={t('invoices.title')}
      flush
      aside={
        canIssue && (
          <Button size="small" disabled={issue.isPending} onClick={() => issue.mutate()}>
            {t('invoices.issue')}
          </Button>
        )
      }
    >
      {issue.isError && (
        <p role="alert" className="p-4 pb-0 text-14 text-bad">
          {issue.error.message}
        </p>
      )}
      {invoices.length === 0 ? (
        <p className="p-4 text-14 text-ink-2">{t('invoices.none')}</p>
      ) : (
        <ul>
          {invoices.map((invoice) => (
            <InvoiceRow key={invoice.id} invoice={invoice} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function InvoiceRow({ invoice }: { readonly invoice: ListedInvoice }) {
  const { t, money, dateTime } = useI18n();
  const download = useMutation({ mutationFn: () => downloadInvoice(invoice.id) });
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b p-4 text-14 last:border-b-0">
      <div>
        <p className="font-medium">{t(TITLES[invoice.type], { number: invoice.number })}</p>
        <p className="text-ink-3">
          {dateTime(invoice.issuedAt)} · <span className="tabular-nums">{money(invoice.total.gross)}</span>
        </p>
        {download.isError && (
          <p role="alert" className="text-bad">
            {download.error.message}
          </p>
        )}
      </div>
      <Button size="small" disabled={download.isPending} onClick={() => download.mutate()}>
        {t('invoices.download')}
      </Button>
    </li>
  );
}

const TITLES = { INVOICE: 'invoices.invoice', CREDIT_NOTE: 'invoices.creditNote' } as const;
