import { presentMoney } from '@souk/kit/graphql';
import type { TaxedMoneyType, TaxLineType } from './tax-line.types.ts';
import type { StoredTaxZone } from './tax.repository.ts';
import type { TaxedMoney, TaxLine, TaxSettings } from './tax.ts';
import { draftOf, percentOf, type TaxZoneDraft } from './tax-zone-settings.ts';
import type { TaxSettingsSetInput, TaxZoneUpdateInput } from './tax.inputs.ts';
import type { TaxZoneType } from './tax.types.ts';

export function presentTaxedMoney({ net, tax, gross }: TaxedMoney): TaxedMoneyType {
  return { net: presentMoney(net), tax: presentMoney(tax), gross: presentMoney(gross) };
}

export function presentTaxLine({ name, millionths, category, zone, treatment, base, amount }: TaxLine): TaxLineType {
  return {
    name,
    percent: percentOf(millionths),
    categoryCode: category,
    zoneName: zone,
    treatment,
    base: presentMoney(base),
    amount: presentMoney(amount),
  };
}

export function presentTaxZone(zone: StoredTaxZone): TaxZoneType {
  const rates = draftOf(zone).rates.map(({ validFrom = null, validUntil = null, ...rate }) => {
    return { ...rate, validFrom, validUntil };
  });
  return { ...zone, rates };
}

/** The settings that the input of an update contains. */
export function settingsOf({
  pricesIncludeTax,
  rounding,
  sellerCountryCode,
}: TaxSettingsSetInput): Partial<TaxSettings> {
  return {
    ...(pricesIncludeTax !== undefined && { pricesIncludeTax }),
    ...(rounding !== undefined && { rounding }),
    ...(sellerCountryCode !== undefined && { sellerCountryCode: sellerCountryCode?.toUpperCase() ?? null }),
  };
}

/** The fields of a zone that the input of an update contains. */
export function zoneChangesOf(input: TaxZoneUpdateInput): Partial<TaxZoneDraft> {
  const { id: _id, expectedVersion: _version, idempotencyKey: _key, ...changes } = input;
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
