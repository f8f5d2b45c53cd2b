import type { Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import type { BankAccount, InvoiceBuyer, InvoiceSeller, InvoiceType } from '../invoice/invoice.ts';

/**
 * The VAT category (UNTDID 5305). S: standard rate. Z: zero rate. E: exempt. AE: reverse charge. G: export outside of the EU. O: not subject
 * to VAT.
 */
export type VatCategory = 'S' | 'Z' | 'E' | 'AE' | 'G' | 'O';

/** The VAT category and rate of a line, an allowance or a charge. */
export interface VatTerms {
  readonly category: VatCategory;
  /** The rate in millionths, for instance 190000 for 19 %. Zero for all categories except S. */
  readonly millionths: number;
}

/** An invoice line (BG-25). */
export interface EInvoiceLine {
  readonly name: string;
  readonly sku: string | null;
  /** The attributes of the item (BG-32), such as Color and red. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly quantity: number;
  /** The unit of the quantity (UN/ECE Recommendation 20): H87 is a piece, C62 is one. */
  readonly unitCode: 'H87' | 'C62';
  /** The net price (BT-146) of `baseQuantity` units, as a decimal. */
  readonly price: string;
  /** The number of units of the price (BT-149). */
  readonly baseQuantity: number;
  /** The line net amount (BT-131). */
  readonly net: Money;
  readonly vat: VatTerms;
}

/** An allowance (BG-20) or a charge (BG-21) of the document. */
export interface DocumentCharge {
  readonly isCharge: boolean;
  /** The amount without VAT. It is not negative. */
  readonly amount: Money;
  readonly reason: string;
  /** The code of the reason (UNTDID 7161 for charges). Null without a code. */
  readonly reasonCode: string | null;
  readonly vat: VatTerms;
}

/** The VAT of a category and rate (BG-23). */
export interface VatBreakdown extends VatTerms {
  /** BT-116 */
  readonly taxable: Money;
  /** BT-117: the taxable amount times the rate, rounded half up. */
  readonly tax: Money;
  /** Why no VAT is charged (BT-120, BT-121). Null for the categories S and Z. */
  readonly exemption: { readonly text: string; readonly code: string | null } | null;
}

/** The totals of the document (BG-22). */
export interface EInvoiceTotals {
  /** The sum of line net amounts (BT-106). */
  readonly lines: Money;
  /** BT-107 */
  readonly allowances: Money;
  /** BT-108 */
  readonly charges: Money;
  /** The total without VAT (BT-109). */
  readonly net: Money;
  /** BT-110 */
  readonly tax: Money;
  /** The total with VAT (BT-112). */
  readonly gross: Money;
  /** The amount paid (BT-113). */
  readonly paid: Money;
  /** The difference between the charged amount and BT-112 (BT-114). The shop rounds the VAT of each line, and the standard the sum. */
  readonly rounding: Money;
  /** The amount due for payment (BT-115). */
  readonly due: Money;
}

/** An invoice in the semantic model of EN 16931-1:2017. UBL and CII are its two syntaxes. */
export interface EInvoice {
  readonly type: InvoiceType;
  /** BT-1 */
  readonly number: string;
  /** BT-2, as `2026-05-03` (UTC). */
  readonly issuedOn: string;
  readonly currency: string;
  /** The reference that the buyer uses for routing, such as the German Leitweg-ID (BT-10). */
  readonly buyerReference: string | null;
  /** The number of the shop's order (BT-14). */
  readonly orderNumber: string;
  /** The buyer's purchase order (BT-13). */
  readonly purchaseOrderNumber: string | null;
  /** The corrected invoice (BG-3). Null for invoices. */
  readonly preceding: { readonly number: string; readonly issuedOn: string } | null;
  readonly seller: InvoiceSeller;
  readonly buyer: InvoiceBuyer;
  /** The address of the delivery (BG-13). Null when the invoice does not have it. */
  readonly delivery: Address | null;
  /** BG-16. The code is of UNTDID 4461: 58 SEPA transfer, 30 transfer, 68 online payment. */
  readonly payment: { readonly code: '30' | '58' | '68'; readonly text: string; readonly account: BankAccount | null };
  /** The terms of payment (BT-20). Null when nothing is due. */
  readonly terms: string | null;
  readonly lines: readonly EInvoiceLine[];
  readonly charges: readonly DocumentCharge[];
  readonly vat: readonly VatBreakdown[];
  readonly totals: EInvoiceTotals;
}
