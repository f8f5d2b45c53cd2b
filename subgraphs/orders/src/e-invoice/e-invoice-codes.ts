import { formatScaled } from '@souk/kit/domain';
import type { InvoiceType } from '../invoice/invoice.ts';

/** The type of a document (UNTDID 1001): commercial invoice, credit note. */
export const TYPE_CODES: Readonly<Record<InvoiceType, string>> = { INVOICE: '380', CREDIT_NOTE: '381' };

/** The scheme of an electronic address that is an e-mail address (EAS). */
export const EMAIL_SCHEME = 'EM';

/** The code of a country in the list of EN 16931: ISO 3166-1 alpha-2, with its own code for Kosovo. */
export function countryCodeOf(code: string): string {
  return code === 'XK' ? '1A' : code;
}

/** A rate as a percentage without needless zeros: 190000 is `19`, 77500 is `7.75`. */
export function percentOf(millionths: number): string {
  const text = formatScaled(BigInt(millionths), 4);
  return text.replace(/\.?0+$/, '');
}
