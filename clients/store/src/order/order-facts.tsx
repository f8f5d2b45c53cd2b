import type { OrderShowQuery } from '@souk/sdk';
import type { ReactNode } from 'react';
import { addressLines } from '../address/address-fields.ts';
import { countryName } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** The postal address, the shipping method and the payment of an order. */
export function OrderFacts({ order }: { readonly order: NonNullable<OrderShowQuery['order']> }) {
  const { t, locale, money } = useI18n();
  const { shippingAddress, shippingMethodName, payments } = order;
  const lines = [...addressLines(shippingAddress), countryName(shippingAddress.countryCode, locale)];
  return (
    <dl className="flex flex-col gap-5 rounded-card border bg-surface p-6 text-14">
      <Fact label={t('order.address')}>
        {lines.map((line) => (
          <span key={line} className="block">
            <bdi>{line}</bdi>
          </span>
        ))}
      </Fact>
      <Fact label={t('order.method')}>{shippingMethodName}</Fact>
      {payments !== null && payments.length > 0 && (
        <Fact label={t('order.payment')}>
          {payments.map(({ id, status, amount }) => (
            <span key={id} className="flex justify-between gap-4">
              <span>{t(`payment.${status}`)}</span>
              <span className="tabular-nums">{money(amount)}</span>
            </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="mb-1 text-ink-3">{label}</dt>
      <dd className="text-ink-2">{children}</dd>
    </div>
  );
}
