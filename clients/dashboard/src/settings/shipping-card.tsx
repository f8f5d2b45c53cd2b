import { ShippingMethodListDocument } from '@souk/sdk';
import { Card, Skeleton } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';

const METHODS = 200;

/** The shipping methods as buyers see them, with prices and countries. */
export function ShippingCard() {
  const { t, money, language } = useI18n();
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  const found = useQuery({
    queryKey: ['shipping-methods'],
    queryFn: ({ signal }) => souk.run(ShippingMethodListDocument, { first: METHODS }, { signal }),
  });
  return (
    <Card title={t('settings.shipping')}>
      {found.isPending && <Skeleton className="h-20" />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      <ul className="flex flex-col gap-4 text-14">
        {(found.data?.shippingMethods?.nodes ?? []).map(({ id, name, countryCodes, prices }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-4">
            <div className="min-w-0 flex-1">
              <p className="font-medium">{name}</p>
              <p className="text-ink-3">
                {countryCodes.length === 0
                  ? t('settings.shipping.everywhere')
                  : countryCodes.map((code) => countries.of(code)).join(', ')}
              </p>
            </div>
            <ul className="text-end tabular-nums">
              {prices.map(({ price, freeFrom }) => (
                <li key={price.currencyCode}>
                  {money(price)}
                  {freeFrom && (
                    <span className="block text-12 text-ink-3">
                      {t('settings.shipping.freeFrom', { amount: money(freeFrom) })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}
