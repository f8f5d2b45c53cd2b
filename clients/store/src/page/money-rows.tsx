import { classNames } from '@souk/ui';
import type { Money } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** The totals of a cart or an order. */
export interface Totals {
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  /**
   * The difference between the tax due and the tax that the prices contain. Positive when tax is added. Negative when
   * tax is subtracted, because the buyer pays it to the tax authority.
   */
  readonly taxAdjustment: Money;
  readonly total: Money;
}

export interface MoneyRowsProps {
  readonly totals: Totals;
  /**
   * Whether a shipping method is chosen. Without a shipping method, the shipping price and the country's tax are
   * unknown.
   */
  readonly hasShipping: boolean;
}

/** The amounts that make up a total, each with its label. */
export function MoneyRows({ totals, hasShipping }: MoneyRowsProps) {
  const { t, money } = useI18n();
  const isFree = Number(totals.shipping.amount) === 0;
  const adjustment = Number(totals.taxAdjustment.amount);
  const shipping = isFree ? t('checkout.free') : money(totals.shipping);
  return (
    <dl className="flex flex-col gap-2 text-14">
      <Row label={t('total.subtotal')} value={money(totals.subtotal)} />
      {Number(totals.discount.amount) !== 0 && (
        <Row label={t('total.discount')} value={money(negative(totals.discount))} />
      )}
      <Row label={t('total.shipping')} value={hasShipping ? shipping : t('total.shippingLater')} muted={!hasShipping} />
      {hasShipping && adjustment !== 0 && (
        <Row label={t(adjustment > 0 ? 'total.taxAdded' : 'total.taxTakenOff')} value={money(totals.taxAdjustment)} />
      )}
      <div className="mt-2 flex items-baseline justify-between gap-4 border-t pt-3">
        <dt className="text-16 font-semibold">{t('total.total')}</dt>
        <dd className="text-18 font-semibold tabular-nums">{money(totals.total)}</dd>
      </div>
      {hasShipping && adjustment === 0 && <Row label={t('total.tax')} value={money(totals.tax)} muted />}
    </dl>
  );
}

interface RowProps {
  readonly label: string;
  readonly value: string;
  readonly muted?: boolean;
}

function Row({ label, value, muted = false }: RowProps) {
  return (
    <div className={classNames('flex items-baseline justify-between gap-4', muted ? 'text-ink-3' : 'text-ink-2')}>
      <dt>{label}</dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  );
}

/** Negates an amount. The API returns discounts as positive amounts. */
function negative({ amount, currencyCode }: Money): Money {
  return { amount: `-${amount}`, currencyCode };
}
