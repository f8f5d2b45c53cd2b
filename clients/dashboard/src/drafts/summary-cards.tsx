import { Button, Card, Notice } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import type { DraftOrder } from './draft-form.ts';

/** The card with the amounts of a draft order, and its warnings. */
export function AmountsCard({ draft: { cart } }: { readonly draft: DraftOrder }) {
  const { t, money } = useI18n();
  const { subtotal, discount, shipping, tax, total } = cart.totals;
  const rows = [
    [t('order.money.subtotal'), subtotal],
    [t('order.money.discount'), discount],
    [t('draft.shipping'), shipping],
    [t('order.money.tax'), tax],
  ] as const;
  return (
    <Card title={t('order.money')}>
      {cart.warnings.map(({ lineId, message }) => (
        <Notice key={lineId} tone="warn" className="mb-3">
          {message}
        </Notice>
      ))}
      <dl className="flex flex-col gap-2 text-14 tabular-nums">
        {rows.map(([label, amount]) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-ink-2">{label}</dt>
            <dd>{amount ? money(amount) : '–'}</dd>
          </div>
        ))}
        <div className="flex justify-between gap-4 border-t pt-2 font-semibold">
          <dt>{t('order.money.total')}</dt>
          <dd>{money(total)}</dd>
        </div>
      </dl>
    </Card>
  );
}

/** The card with the link by which the buyer pays: to copy, or to send by mail. */
export function PaymentLinkCard({ draft }: { readonly draft: DraftOrder }) {
  const { t, dateTime } = useI18n();
  const [isCopied, setCopied] = useState(false);
  if (draft.paymentPath === null) return null;
  const url = `${location.origin}${draft.paymentPath}`;
  const mail = new URLSearchParams({ subject: t('draft.mail.subject'), body: t('draft.mail.body', { url }) });
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <Card title={t('draft.link')}>
      <div className="flex flex-col gap-3 text-14">
        <p className="text-ink-2">{t('draft.link.help', { time: dateTime(draft.expiresAt) })}</p>
        <p className="rounded-control bg-sunken p-3 font-mono text-12 break-all select-all">{url}</p>
        <div className="flex flex-wrap items-center gap-2">
          {'clipboard' in navigator && (
            <Button size="small" onClick={() => void copy()}>
              {t('keys.secret.copy')}
            </Button>
          )}
          {draft.cart.email !== null && (
            <Button size="small" asChild>
              {/* Mail programs read "+" as a plus sign, not as a space. */}
              <a href={`mailto:${encodeURIComponent(draft.cart.email)}?${mail.toString().replaceAll('+', '%20')}`}>
                {t('draft.mail')}
              </a>
            </Button>
          )}
          <span role="status" className="text-ink-3">
            {isCopied && t('draft.link.copied')}
          </span>
        </div>
      </div>
    </Card>
  );
}
