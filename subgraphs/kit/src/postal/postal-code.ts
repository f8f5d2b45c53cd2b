import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';

/** The problem of a postal code. Null when the code is valid. */
export type PostalCodeProblem = 'MISSING' | 'INVALID' | null;

/**
 * Rules that replace rules of the data set, because the postal services of these countries accept other forms (Universal Postal Union,
 * "Addressing Solutions", the page of each country). Argentina: the long and the short form. Azerbaijan, Haiti and Moldova: with and
 * without prefix. India: with and without space. Japan: without hyphen. Nicaragua and Somalia: the current form.
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

/**
 * The rule for a country without postal codes or without a known format. Forms or carriers may still require a code there, so any code with
 * a letter or digit is stored unchanged.
 */
const ANY_CODE = /[\p{L}\p{N}]/u;

/**
 * Checks a postal code by the rule of its country. Case and surrounding spaces do not matter. The code may be missing when the country has
 * no postal codes, such as Hong Kong, the United Arab Emirates and Qatar.
 * @param countryCode ISO 3166-1 alpha-2, in capitals
 */
export function postalCodeProblem(countryCode: string, postalCode: string | null): PostalCodeProblem {
  const code = (postalCode ?? '').normalize('NFKC').trim().toUpperCase();
  const matches = ruleOf(countryCode);
  if (code === '') return matches ? 'MISSING' : null;
  return (matches ?? ((text) => ANY_CODE.test(text)))(code) ? null : 'INVALID';
}

/** Returns the function that checks the postal codes of a country. Null for a country without a rule. */
function ruleOf(countryCode: string): ((code: string) => boolean) | null {
  const override = OVERRIDES[countryCode];
  if (override) return (code) => override.test(code);
  if (!postcodeValidatorExistsForCountry(countryCode)) return null;
  return (code) => postcodeValidator(code, countryCode);
}
