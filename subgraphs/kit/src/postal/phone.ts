import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * The form of a phone number for comparing (E.164: `+4930123456`). Null when the text is not a phone number. The full metadata of
 * libphonenumber is used, because numbering plans change: the numbers of Benin and Côte d'Ivoire have ten digits now.
 * @param phone the number, either with the code of its country or as it is dialed in the country of the address
 * @param countryCode ISO 3166-1 alpha-2, in capitals
 */
export function phoneKey(phone: string, countryCode: string): string | null {
  const region = isSupportedCountry(countryCode) ? countryCode : undefined;
  const parsed = parsePhoneNumberFromString(phone.normalize('NFKC'), region);
  return parsed?.isValid() ? parsed.number : null;
}
