import { describe, expect, test } from '@jest/globals';
import type { Address } from './address.ts';
import { addressFailures } from './address-failures.ts';
import { phoneKey } from './phone.ts';

const address = (values: Partial<Address>): Address => ({
  name: 'A Buyer',
  line1: 'Main Street 1',
  line2: null,
  city: 'Berlin',
  region: null,
  postalCode: '10115',
  countryCode: 'DE',
  phone: null,
  ...values,
});

describe('a phone number', () => {
  test.each([
    ['030 901820', 'DE', '+4930901820'],
    ['+49 (30) 90 18 20', 'FR', '+4930901820'],
    ['０３０ ９０１８２０', 'DE', '+4930901820'],
    ['01 95 12 34 56', 'BJ', '+2290195123456'], // ten digits since 30 November 2024
    ['+225 07 07 12 34 56', 'CI', '+2250707123456'], // ten digits since 31 January 2021
    ['+52 55 1234 5678', 'MX', '+525512345678'],
    ['+383 44 123 456', 'XK', '+38344123456'],
    ['+1 212 736 5000', 'AQ', '+12127365000'],
  ])('%p of an address in %s is %s', (phone, country, key) => expect(phoneKey(phone, country)).toBe(key));

  test.each([
    ['95 12 34 56', 'BJ'],
    ['+225 07 12 34 56', 'CI'],
    ['1234', 'DE'],
    ['call me', 'DE'],
    ['030 901820', 'AQ'],
    ['', 'DE'],
  ])('%p of an address in %s is none', (phone, country) => expect(phoneKey(phone, country)).toBeNull());
});

describe('an address', () => {
  test('without a phone number is valid', () => expect(addressFailures(address({}), [])).toEqual([]));

  test('has one failure for each problem, with its place in the input', () => {
    const wrong = address({ postalCode: null, phone: '12' });
    expect(addressFailures(wrong, ['shippingAddress'])).toMatchObject([
      { code: 'INVALID_INPUT', field: ['shippingAddress', 'postalCode'] },
      { code: 'INVALID_INPUT', field: ['shippingAddress', 'phone'] },
    ]);
  });
});
