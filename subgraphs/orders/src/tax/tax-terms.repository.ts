import type { Address } from '@souk/kit/postal';
import { taxByRates, type TaxCalculation } from './tax-calculation.ts';
import { canonicalPostalCode, canonicalRegion } from '@souk/kit/postal';
import { ratesOn } from './tax-zone.ts';
import { DEFAULT_TAX_SETTINGS, type CategoryTreatment, type TaxRate, type TaxSettings } from './tax.ts';
import { isReverseCharge } from './reverse-charge.ts';

type SettingsColumns = TaxSettings | { [Member in keyof TaxSettings]: null };
type ZoneColumns = { readonly zone: string; readonly rates: readonly TaxRate[] } | { readonly zone: null };
/** The row that the query `TAX_TERMS` returns. */
export type TaxTermsRow = SettingsColumns &
  ZoneColumns & { readonly today: string; readonly treatments: Readonly<Record<string, CategoryTreatment>> | null };

/**
 * Returns one row with the tenant's tax settings, its categories and the tax zone of an address. The zone with the longest matching postal
 * pattern wins, then a zone of the region, then a zone of the country. Parameters: $1 the tenant, $2 the country, $3 the region, $4 the
 * postal code (`placeOf`).
 */
export const TAX_TERMS = `
  select settings.prices_include_tax as "pricesIncludeTax", settings.rounding, settings.seller_country_code as "sellerCountryCode",
         zone.name as zone, zone.rates, to_char(now() at time zone 'utc', 'YYYY-MM-DD') as today,
         (select jsonb_object_agg(code, treatment) from tax_category where tenant_id = $1 and treatment <> 'TAXED') as treatments
    from (select) as one
    left join tax_settings settings on settings.tenant_id = $1
    left join lateral (
      select name, rates from tax_zone
       where tenant_id = $1 and country_code = $2 and (region is null or region = $3)
         and (postal_pattern is null or $4 like replace(postal_pattern, '*', '%'))
       order by length(rtrim(postal_pattern, '*')) desc nulls last, region nulls last limit 1
    ) as zone on true`;

/** The values of the parameters $2 to $4 of `TAX_TERMS`. */
export function placeOf({
  countryCode,
  region,
  postalCode,
}: Pick<Address, 'countryCode' | 'region' | 'postalCode'>): (string | null)[] {
  return [countryCode, region && canonicalRegion(region), postalCode && canonicalPostalCode(postalCode)];
}

/** The tax calculation for goods that are shipped to a country. @param vatId the buyer's VAT id */
export function taxesOf(row: TaxTermsRow | undefined, countryCode: string, vatId: string | null): TaxCalculation {
  if (!row || row.zone === null) return taxByRates(null);
  const { pricesIncludeTax, rounding, sellerCountryCode } = row.rounding === null ? DEFAULT_TAX_SETTINGS : row;
  return taxByRates({
    pricesIncludeTax,
    rounding,
    zone: row.zone,
    rates: ratesOn(row.rates, row.today),
    treatments: new Map(Object.entries(row.treatments ?? {})),
    isReverseCharge: isReverseCharge(sellerCountryCode, countryCode, vatId),
  });
}
