import { Card, Skeleton } from '@souk/ui';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { LoadError } from '../../page/page-states.tsx';
import { useZones, type ShippingZone } from './use-shipping.ts';

type Area = ShippingZone['areas'][number];

/** The maximum number of postal code patterns that the card shows per area. */
const SHOWN_PATTERNS = 12;

export interface ZonesCardProps {
  /** The button in the title line. */
  readonly aside: ReactNode;
  /** Returns the buttons of a zone. */
  readonly actionsOf: (zone: ShippingZone) => ReactNode;
}

/** The card with the shipping zones and their areas. */
export function ZonesCard({ aside, actionsOf }: ZonesCardProps) {
  const { t } = useI18n();
  const found = useZones();
  const zones = found.data ?? [];
  return (
    <Card title={t('shipping.zones')} aside={aside}>
      {found.isPending && <Skeleton className="h-20" />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && zones.length === 0 && <p className="text-14 text-ink-3">{t('shipping.zones.none')}</p>}
      <ul className="flex flex-col gap-4 text-14">
        {zones.map((zone) => (
          <li key={zone.id} className="flex justify-between gap-x-4">
            <div className="min-w-0">
              <p>
                <span className="font-medium">{zone.name}</span> <span className="text-ink-3">{zone.code}</span>
              </p>
              <ul className="text-ink-3">
                {zone.areas.map((area, index) => (
                  <li key={index} className="break-words">
                    <AreaText area={area} />
                  </li>
                ))}
              </ul>
            </div>
            {actionsOf(zone)}
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
