import { Card, classNames } from '@souk/ui';
import { compareAmounts, type Money } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ManagedOrder } from './use-order.ts';

/** The card with the totals of an order, one amount per row. */
export function MoneyCard({ order }: { readonly order: ManagedOrder }) {
  const { t, money } = useI18n();
  const { totals, canceledTotal, shippingMethodName } = order;
  const { taxAdjustment: adjustment } = totals;
  const isZero = ({ amount }: Money) => compareAmounts(amount, '0') === 0;
  const rows: readonly (readonly [label: string, amount: Money, isHidden: boolean])[] = [
    [t('order.money.subtotal'), totals.subtotal, false],
    [t('order.money.discount'), totals.discount, isZero(totals.discount)],
    [t('order.money.shipping', { method: shippingMethodName }), totals.shipping, false],
    [t('order.money.taxAdded'), adjustment, compareAmounts(adjustment.amount, '0') <= 0],
    [t('order.money.taxTakenOff'), adjustment, compareAmounts(adjustment.amount, '0') >= 0],
    [t('order.money.total'), totals.total, false],
    [t('order.money.tax'), totals.tax, !isZero(adjustment)],
    [t('order.money.canceled'), canceledTotal, isZero(canceledTotal)],
  ];
  return (
    <Card title={t('order.money')}>
      <dl className="flex flex-col gap-2 text-14">
        {rows
          .filter(([, , isHidden]) => !isHidden)
          .map(([label, amount]) => (
            <div
              key={label}
              className={classNames(
                'flex justify-between gap-4',
                amount === totals.total ? 'border-t pt-2 text-16 font-semibold' : 'text-ink-2',
              )}
            >
              <dt>{label}</dt>
              <dd className="tabular-nums">{money(amount)}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
