import { seededRandom } from './seeded-random.ts';

const DIGITS = 9;

/** A GTIN-13 for a SKU, from the range 200 to 299, which GS1 keeps for the use within a company. */
export function barcodeFor(sku: string): string {
  const number = Math.floor(seededRandom(`barcode of ${sku}`)() * 10 ** DIGITS);
  const digits = `200${String(number).padStart(DIGITS, '0')}`;
  const sum = Array.from(digits).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return digits + ((10 - (sum % 10)) % 10);
}
