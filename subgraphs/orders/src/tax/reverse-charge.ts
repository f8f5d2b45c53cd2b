import { countryOfVatId, EU_COUNTRIES } from '@souk/kit/vat';

/**
 * Whether the buyer pays the tax to the authority (reverse charge, articles 138 and 194 to 196 of Directive 2006/112/EC). Three conditions:
 * the seller is in the EU, the goods are shipped to another EU country, and the buyer has a VAT id of an EU country other than the
 * seller's.
 */
export function isReverseCharge(sellerCountry: string | null, destination: string, vatId: string | null): boolean {
  if (sellerCountry === null || vatId === null) return false;
  const places = [sellerCountry, destination, countryOfVatId(vatId)];
  return places.every((country) => EU_COUNTRIES.has(country)) && !places.slice(1).includes(sellerCountry);
}
