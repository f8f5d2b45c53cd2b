import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { barcodeOf, formsOfBarcode } from './barcode.ts';

test.each([
  ['4006381333931', '4006381333931'],
  ['04006381333931', '4006381333931'],
  ['4-006381-333931', '4006381333931'],
  ['0012345678905', '012345678905'],
  ['012345678905', '012345678905'],
  ['96385074', '96385074'],
  ['00000096385074', '96385074'],
  ['10012345678902', '10012345678902'],
])('the barcode %s is stored as %s', (text, stored) => {
  expect(barcodeOf(text, ['barcode'])).toEqual({ ok: true, value: stored });
});

test.each(['', '123', '400638133393', '00000000', '400638133393X', '123456789012345'])('%j is no barcode', (text) => {
  expect(barcodeOf(text, ['barcode'])).toMatchObject({ ok: false, error: { field: ['barcode'] } });
});

test('a wrong check digit is refused with the expected one', () => {
  expect(barcodeOf('4006381333932', ['barcode'])).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining('would have to be 1') },
  });
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

test('each number has one valid check digit, every form of a barcode is stored alike, and one changed digit is found', () => {
  fc.assert(
    fc.property(fc.constantFrom(7, 11, 12, 13).chain(digits), fc.nat(12), (body, place) => {
      fc.pre(/[1-9]/.test(body));
      const valid = Array.from('0123456789', (digit) => body + digit).filter((text) => barcodeOf(text, []).ok);
      expect(valid).toHaveLength(1);
      const [text = ''] = valid;
      const stored = barcodeOf(text, []);
      if (!stored.ok) throw new Error(stored.error.message);
      for (const form of formsOfBarcode(stored.value)) expect(barcodeOf(form, [])).toEqual(stored);
      const index = place % text.length;
      const other = text.slice(0, index) + ((Number(text[index]) + 1) % 10) + text.slice(index + 1);
      expect(barcodeOf(other, []).ok).toBe(false);
    }),
  );
});
