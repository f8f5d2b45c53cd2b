import { expect, test } from '@jest/globals';
import { CountryCodeScalar } from '@souk/kit/graphql';
import { isCountryCode } from './country-code.ts';
import { checkDetails } from './product-details.ts';

test('details are stored in one form, and missing details stay missing', () => {
  const given = { tags: [' New  in ', 'NEW IN', 'Sale'], hsCode: '6109.10 00', originCountry: 'pt', seoTitle: '' };
  expect(checkDetails(given)).toEqual({
    ok: true,
    value: { tags: ['New in', 'Sale'], hsCode: '61091000', originCountry: 'PT', seoTitle: null },
  });
  expect(checkDetails({})).toEqual({ ok: true, value: {} });
  expect(checkDetails({ tags: null, hsCode: null })).toEqual({ ok: true, value: { tags: [], hsCode: null } });
});

test.each<[object, string[]]>([
  [{ hsCode: '61091' }, ['hsCode']],
  [{ hsCode: '6109100000000' }, ['hsCode']],
  [{ hsCode: '6109A0' }, ['hsCode']],
  [{ originCountry: 'XX' }, ['originCountry']],
  [{ tags: ['ok', '\u200b'] }, ['tags', '1']],
  [{ tags: ['x'.repeat(101)] }, ['tags', '0']],
  [{ tags: Array.from({ length: 51 }, (_, index) => `tag ${index}`) }, ['tags']],
])('%j is refused', (details, field) => {
  expect(checkDetails(details)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field } });
});

test('the country codes are those of the schema', () => {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const accepted = (code: string) => {
    try {
      return CountryCodeScalar.parseValue(code) === code;
    } catch {
      return false;
    }
  };
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  expect(codes.filter(isCountryCode)).toEqual(codes.filter(accepted));
});
