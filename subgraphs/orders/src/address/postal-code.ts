import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';

/** The problem of a postal code; null: none. */
export type PostalCodeProblem = 'MISSING' | 'INVALID' | null;

/**
 * Where the data set differs from how the posts of these countries write their codes (Universal Postal Union, "Addressing Solutions",
 * the page of each country): Argentina in its long and its short form, Azerbaijan, Haiti and Moldova with and without their prefix,
 * India with and without the space, Japan without the hyphen, Nicaragua and Somalia in their present form.
 */
const OVERRIDES: Readonly<Record<string, RegExp>> = {
  AR: /^(\d{4}|[A-HJ-NP-Z]\d{4}([A-Z]{3})?)$/,
  AZ: /^(AZ ?)?\d{4}$/,
  HT: /^(HT ?)?\d{4}$/,
  IN: /^\d{3} ?\d{3}$/,
  JP: /^\d{3}-?\d{4}$/,
  MD: /^(MD[- ]?)?\d{4}$/,
  NI: /^\d{5}$/,
  SO: /^([A-Z]{2} ?)?\d{5}$/,
};

/** In a country without a rule a code is a habit of forms or carriers: it is kept as it is, when it says anything. */
const ANY_CODE = /[\p{L}\p{N}]/u;

/**
 * Checks a postal code by the rule of its country: capitals or not, spaces around it or not. Where a country has no postal codes, as in
 * Hong Kong, the United Arab Emirates and Qatar, it may be missing. @param countryCode ISO 3166-1 alpha-2, in capitals.
 */
export function postalCodeProblem(countryCode: string, postalCode: string | null): PostalCodeProblem {
  const code = (postalCode ?? '').normalize('NFKC').trim().toUpperCase();
  const matches = ruleOf(countryCode);
  if (code === '') return matches ? 'MISSING' : null;
  return (matches ?? ((text) => ANY_CODE.test(text)))(code) ? null : 'INVALID';
}

/** Null: the country has no postal codes. */
function ruleOf(countryCode: string): ((code: string) => boolean) | null {
  const override = OVERRIDES[countryCode];
  if (override) return (code) => override.test(code);
  if (!postcodeValidatorExistsForCountry(countryCode)) return null;
  return (code) => postcodeValidator(code, countryCode);
}
