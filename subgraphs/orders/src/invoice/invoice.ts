import { sum, type Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import { mergeTaxLines } from '../tax/tax-terms.ts';
import type { TaxedMoney, TaxLine } from '../tax/tax.ts';

export const INVOICE_TYPES = ['INVOICE', 'CREDIT_NOTE'] as const;
/** INVOICE: the amount that the buyer owes for an order. CREDIT_NOTE: the part of an invoice that the buyer no longer owes. */
export type InvoiceType = (typeof INVOICE_TYPES)[number];

export const INVOICE_LINE_KINDS = ['GOODS', 'SHIPPING', 'ADJUSTMENT'] as const;
/**
 * GOODS: units of an order line. SHIPPING: the shipping of the order at one tax rate. ADJUSTMENT: the agreed refund minus the price of the
 * returned units, at one tax rate. It is negative when the seller keeps a fee.
 */
export type InvoiceLineKind = (typeof INVOICE_LINE_KINDS)[number];

/** The bank account to which buyers pay. */
export interface BankAccount {
  readonly accountHolder: string;
  /** The IBAN, or the account number where IBAN is not used. */
  readonly accountNumber: string;
  readonly bankName: string | null;
  readonly bic: string | null;
}

/** The seller as printed on invoices. */
export interface InvoiceSeller {
  readonly legalName: string;
  /** Without `name`, because `legalName` is printed above the address. */
  readonly address: Omit<Address, 'name' | 'phone'>;
  readonly vatId: string | null;
  /** The number in the company register. */
  readonly registrationId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly bank: BankAccount | null;
  /** The text below the totals. */
  readonly footer: string | null;
  /** The brand color, `#rrggbb`. */
  readonly color: string | null;
}

/** The buyer as printed on invoices. */
export interface InvoiceBuyer {
  readonly email: string;
  readonly address: Address;
  readonly vatId: string | null;
}

/** A line of an invoice. `net` + `tax` = `gross`. */
export interface InvoiceLine extends TaxedMoney {
  readonly kind: InvoiceLineKind;
  /** Null for lines of the kinds SHIPPING and ADJUSTMENT. */
  readonly orderLineId: string | null;
  readonly sku: string | null;
  /** The name of the goods or of the shipping method. Empty for adjustments. */
  readonly name: string;
  /** The options of the variant, such as `Color: red`. */
  readonly options: readonly string[];
  readonly quantity: number;
  /** The shop's price of one unit before discounts, with up to six decimal places. Null for lines of the kinds SHIPPING and ADJUSTMENT. */
  readonly unitPrice: string | null;
  /** The taxes of the line. All rates belong to one tax category and have the same base. Empty when the line is not taxed. */
  readonly taxLines: readonly TaxLine[];
}

/** The content of an invoice or credit note. It is a copy of the data at the time of issue. */
export interface InvoiceDocument {
  readonly seller: InvoiceSeller;
  readonly buyer: InvoiceBuyer;
  readonly order: {
    readonly number: string;
    readonly placedAt: string;
    /** The buyer's number of the order. Absent in documents that were issued before this field existed. */
    readonly purchaseOrderNumber?: string | null;
  };
  /** Where the goods were sent. Absent in documents that were issued before this field existed. */
  readonly delivery?: Address;
  /** The part of the total that was paid at the time of issue; in a credit note, refunded. Absent when nothing was. */
  readonly paid?: Money;
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

/** The sums of lines, and their tax by rate. */
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
