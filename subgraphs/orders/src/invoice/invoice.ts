import { sum } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import { mergeTaxLines } from '../tax/tax-terms.ts';
import type { TaxedMoney, TaxLine } from '../tax/tax.ts';

export const INVOICE_TYPES = ['INVOICE', 'CREDIT_NOTE'] as const;
/** INVOICE: the price of an order. CREDIT_NOTE: a part of an invoice that the buyer does not owe any more. */
export type InvoiceType = (typeof INVOICE_TYPES)[number];

export const INVOICE_LINE_KINDS = ['GOODS', 'SHIPPING', 'ADJUSTMENT'] as const;
/**
 * GOODS: units of an order line. SHIPPING: the shipping of the order at one tax rate. ADJUSTMENT: the difference between the price of
 * returned units and the agreed refund, at one tax rate. A retained fee is negative.
 */
export type InvoiceLineKind = (typeof INVOICE_LINE_KINDS)[number];

/** The bank account to which buyers pay. */
export interface BankAccount {
  readonly accountHolder: string;
  /** IBAN, or the number of the account. */
  readonly accountNumber: string;
  readonly bankName: string | null;
  readonly bic: string | null;
}

/** The seller as invoices show it. */
export interface InvoiceSeller {
  readonly legalName: string;
  /** `name` is not shown: `legalName` stands above the address. */
  readonly address: Omit<Address, 'name' | 'phone'>;
  readonly vatId: string | null;
  /** The number in the register of companies. */
  readonly registrationId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly bank: BankAccount | null;
  /** The text below the totals. */
  readonly footer: string | null;
  /** The color of the brand, `#rrggbb`. */
  readonly color: string | null;
}

/** The buyer as invoices show it. */
export interface InvoiceBuyer {
  readonly email: string;
  readonly address: Address;
  readonly vatId: string | null;
}

/** A line of an invoice. `net` + `tax` = `gross`. */
export interface InvoiceLine extends TaxedMoney {
  readonly kind: InvoiceLineKind;
  /** Null for lines that are no goods. */
  readonly orderLineId: string | null;
  readonly sku: string | null;
  /** The name of the goods or of the shipping method. Empty for adjustments. */
  readonly name: string;
  /** The options of the variant, such as `Color: red`. */
  readonly options: readonly string[];
  readonly quantity: number;
  /** The price of one unit as the shop set it, before discounts, with up to six decimal places. Null for lines that are no goods. */
  readonly unitPrice: string | null;
  /** The taxes of the line: the rates of one tax category, all on the same base. Empty when no tax applies. Empty: no tax applies. */
  readonly taxLines: readonly TaxLine[];
}

/** The content of an invoice or credit note, as it was on the day of the issue. */
export interface InvoiceDocument {
  readonly seller: InvoiceSeller;
  readonly buyer: InvoiceBuyer;
  readonly order: { readonly number: string; readonly placedAt: string };
  /** The corrected invoice. Null for invoices. */
  readonly credits: { readonly number: string; readonly issuedAt: string } | null;
  readonly locale: string;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
}

/** An invoice or credit note. It never changes. */
export interface Invoice {
  readonly id: string;
  readonly type: InvoiceType;
  readonly number: string;
  readonly orderId: string;
  /** The invoice that a credit note corrects. Null for invoices. */
  readonly invoiceId: string | null;
  readonly issuedAt: Date;
  readonly document: InvoiceDocument;
}

/** The sum of lines, and their tax by rate. */
export function totalsOf({ currency, lines }: Pick<InvoiceDocument, 'currency' | 'lines'>): TaxedMoney & {
  readonly taxLines: readonly TaxLine[];
} {
  const column = (name: keyof TaxedMoney) =>
    sum(
      lines.map((line) => line[name]),
      currency,
    );
  const taxLines = mergeTaxLines(lines.flatMap((line) => line.taxLines));
  return { net: column('net'), tax: column('tax'), gross: column('gross'), taxLines };
}
