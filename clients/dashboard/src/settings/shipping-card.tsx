import { Card, Skeleton, TextLink } from '@souk/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { DeliveryDays } from './shipping/delivery-days.tsx';
import { useMethods, type MethodSetup } from './shipping/use-shipping.ts';

interface ShippingCardProps {
  /** Whether the card links to the settings page about shipping. @default false */
  readonly isLinked?: boolean;
  /** The button in the title line. */
  readonly aside?: ReactNode;
  /** Returns the buttons of a method. @default none */
  readonly actionsOf?: (method: MethodSetup) => ReactNode;
}

/** The card with the shipping methods, their prices and countries. */
export function ShippingCard({ isLinked = false, aside, actionsOf }: ShippingCardProps) {
  const { t, money, language } = useI18n();
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  const found = useMethods();
  return (
    <Card title={t('settings.shipping')} aside={aside}>
      {found.isPending && <Skeleton className="h-20" />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      <ul className="flex flex-col gap-4 text-14">
        {(found.data ?? []).map((method) => {
          const { id, name, countryCodes, prices, zoneRates, deliveryDays, active } = method;
          return (
            <li key={id} className="flex flex-wrap justify-between gap-x-4">
              <div className="min-w-0 flex-1">
                <p className="font-medium">{active ? name : t('settings.shipping.inactive', { name })}</p>
                <p className="text-ink-3">
                  {countryCodes.length === 0
                    ? t('settings.shipping.everywhere')
                    : countryCodes.map((code) => countries.of(code)).join(', ')}
                </p>
                {zoneRates.length > 0 && (
                  <p className="text-ink-3">{t('settings.shipping.zones', { count: zoneRates.length })}</p>
                )}
                <p className="text-ink-3">
                  <DeliveryDays days={deliveryDays} />
                </p>
              </div>
              <ul className="text-end tabular-nums">
                {prices.map(({ price, steps, freeFrom }) => (
                  <li key={price.currencyCode}>
                    {steps.length === 0
                      ? money(price)
                      : t('settings.shipping.from', { amount: money(lowest(price, steps)) })}
                    {freeFrom && (
                      <span className="block text-12 text-ink-3">
                        {t('settings.shipping.freeFrom', { amount: money(freeFrom) })}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
              {actionsOf?.(method)}
            </li>
          );
        })}
      </ul>
      {isLinked && (
        <p className="mt-4 text-14">
          <TextLink asChild>
            <Link href="/settings/shipping">{t('settings.shipping.more')}</Link>
          </TextLink>
        </p>
      )}
    </Card>
  );
}

interface Amount {
  readonly amount: string;
  readonly currencyCode: string;
}

/** The lowest price of a shipping method: its base price, or one of its graduated prices (`steps`). */
function lowest(price: Amount, steps: readonly { readonly price: Amount }[]): Amount {
  return (
    [price, ...steps.map((step) => step.price)].toSorted((a, b) => Number(a.amount) - Number(b.amount))[0] ?? price
  );
}
