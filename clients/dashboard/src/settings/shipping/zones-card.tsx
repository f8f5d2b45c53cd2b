import { ShippingZoneListDocument, type ShippingZoneListQuery } from '@souk/sdk';
import { Card, Skeleton } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { souk } from '../../api/client.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { LoadError } from '../../page/page-states.tsx';

type Area = NonNullable<ShippingZoneListQuery['shippingZones']>['nodes'][number]['areas'][number];

const ZONES = 200;
/** The maximum number of postal code patterns that the card shows per area. */
const SHOWN_PATTERNS = 12;

/** The card with the shipping zones and their areas. */
export function ZonesCard() {
  const { t } = useI18n();
  const found = useQuery({
    queryKey: ['shipping-zones'],
    queryFn: ({ signal }) => souk.run(ShippingZoneListDocument, { first: ZONES }, { signal }),
  });
  const zones = found.data?.shippingZones?.nodes ?? [];
  return (
    <Card title={t('shipping.zones')}>
      {found.isPending && <Skeleton className="h-20" />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && zones.length === 0 && <p className="text-14 text-ink-3">{t('shipping.zones.none')}</p>}
      <ul className="flex flex-col gap-4 text-14">
        {zones.map(({ id, name, code, areas }) => (
          <li key={id}>
            <p>
              <span className="font-medium">{name}</span> <span className="text-ink-3">{code}</span>
            </p>
            <ul className="text-ink-3">
              {areas.map((area, index) => (
                <li key={index} className="break-words">
                  <AreaText area={area} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function AreaText({ area: { countryCode, region, postalPatterns } }: { readonly area: Area }) {
  const { t, language } = useI18n();
  const country = countryCode && new Intl.DisplayNames(language, { type: 'region' }).of(countryCode);
  const place = [country ?? t('settings.shipping.everywhere'), region].filter(Boolean).join(', ');
  if (postalPatterns.length === 0) return <>{place}</>;
  const rest = postalPatterns.length - SHOWN_PATTERNS;
  const more = rest > 0 ? ` ${t('shipping.zones.more', { count: rest })}` : '';
  return <>{`${place}: ${postalPatterns.slice(0, SHOWN_PATTERNS).join(', ')}${more}`}</>;
}
