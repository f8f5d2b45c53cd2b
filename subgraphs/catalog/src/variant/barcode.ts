import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** The numbers of digits of GTIN-8, GTIN-12 (UPC), GTIN-13 (EAN) and GTIN-14 (GS1 General Specifications 3.3). */
const LENGTHS = [8, 12, 13, 14] as const;

/**
 * The stored form of a barcode: the shortest GTIN with the same number. `04006381333931` and `4006381333931` are one article, because GTINs
 * differ only by leading zeros. Spaces and dashes are left out.
 * @returns a failure that names the expected check digit when the last digit is wrong
 */
export function barcodeOf(text: string, field: readonly string[]): Result<string, Failure<'INVALID_INPUT'>> {
  const digits = text.replaceAll(/[\s-]/g, '');
  const number = digits.replace(/^0+/, '');
  if (!/^\d+$/.test(digits) || !LENGTHS.some((length) => length === digits.length) || number === '')
    return err(failure('INVALID_INPUT', 'A barcode is a GTIN of 8, 12, 13 or 14 digits', field));
  const expected = checkDigit(digits.slice(0, -1));
  if (!digits.endsWith(expected)) {
    const message = `The barcode ${digits} contains a typing error: its check digit, the last digit, would have to be ${expected}`;
    return err(failure('INVALID_INPUT', message, field));
  }
  return ok(padded(number));
}

/** All GTINs with the number of a stored barcode, with their leading zeros. Buyers may search for any of them. */
export function formsOfBarcode(barcode: string): readonly string[] {
  return LENGTHS.filter((length) => length >= barcode.length).map((length) => barcode.padStart(length, '0'));
}

function padded(number: string): string {
  return number.padStart(LENGTHS.find((length) => length >= number.length) ?? 14, '0');
}

/** The check digit of a GTIN (GS1 General Specifications 7.9): from the right, the digits count three times and once in turn. */
function checkDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
