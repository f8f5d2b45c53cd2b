import { expect, test } from '@jest/globals';
import { countriesIn, likelyCountry } from '@souk/ui/countries';
import { addressLines, isRequired, placeFields } from './address-fields.ts';

test.each([
  ['DE', ['postalCode', 'city']],
  ['US', ['city', 'region', 'postalCode']],
  ['GB', ['city', 'postalCode']],
  ['AE', ['city', 'region']],
])('addresses of %s have these fields, in this order', (country, fields) => {
  expect(placeFields(country)).toEqual(fields);
});

test('every country has a city, and no form asks for a postal code where none exists', () => {
  for (const { value } of countriesIn('en-GB')) expect(placeFields(value)).toContain('city');
  expect(placeFields('QA')).not.toContain('postalCode');
});

test('a region is needed where mail does not arrive without one', () => {
  expect(isRequired('region', 'US')).toBe(true);
  expect(isRequired('region', 'AE')).toBe(false);
  expect(isRequired('city', 'DE')).toBe(true);
});

test('an address is written as in its country', () => {
  const address = { name: 'Ada', line1: 'Main 1', line2: null, city: 'Springfield', region: 'IL', postalCode: '62704' };
  expect(addressLines({ ...address, countryCode: 'US' })).toEqual(['Ada', 'Main 1', 'Springfield, IL 62704']);
  expect(addressLines({ ...address, region: null, countryCode: 'DE' })).toEqual(['Ada', 'Main 1', '62704 Springfield']);
});

test('the form begins with the country of the browser', () => {
  expect(likelyCountry(['fr', 'fr-CH', 'en-US'])).toBe('CH');
  expect(likelyCountry(['en'])).toBe('DE');
});
