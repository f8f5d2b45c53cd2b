import { divideHalfUp, exponentOf, formatScaled, money, subtract, sum, zero, type Money } from '@souk/kit/domain';
import { wordsOf, type InvoiceWords } from '../invoice-file/invoice-words.ts';
import { totalsOf, type Invoice, type InvoiceDocument, type InvoiceLine } from '../invoice/invoice.ts';
import type { DocumentCharge, EInvoice, EInvoiceLine, EInvoiceTotals, VatBreakdown, VatTerms } from './e-invoice.ts';
import { exemptionOf, vatTermsOf } from './vat-terms.ts';

/**
 * Converts an invoice or a credit note to the model of EN 16931. `brokenRules` decides whether the result is valid.
 * @param buyerReference BT-10. Null: the purchase order number of the order
 */
export function eInvoiceOf(invoice: Invoice, buyerReference: string | null): EInvoice {
  const { type, number, issuedAt, document } = invoice;
  const words = wordsOf(document.locale);
  const isPlain = document.lines.every(({ kind, net }) => kind === 'SHIPPING' || net.amountMinor < 0);
  const isCharge = ({ kind, net }: InvoiceLine) => net.amountMinor < 0 || (kind === 'SHIPPING' && !isPlain);
  const lines = document.lines.filter((line) => !isCharge(line)).map((line) => lineOf(line, document, words));
  const charges = document.lines.filter(isCharge).map((line) => chargeOf(line, document, words));
  const vat = breakdownOf([...lines.map(taxableLine), ...charges.map(taxableCharge)], words);
  const totals = eInvoiceTotals(document, lines, charges, vat);
  const purchaseOrderNumber = document.order.purchaseOrderNumber ?? null;
  return {
    type,
    number,
    issuedOn: dayOf(issuedAt),
    currency: document.currency,
    buyerReference: buyerReference ?? purchaseOrderNumber,
    orderNumber: document.order.number,
    purchaseOrderNumber,
    preceding: document.credits && { number: document.credits.number, issuedOn: dayOf(document.credits.issuedAt) },
    seller: document.seller,
    buyer: document.buyer,
    delivery: document.delivery ?? null,
    payment: paymentOf(document, words),
    terms: totals.due.amountMinor > 0 ? words.terms : null,
    lines,
    charges,
    vat,
    totals,
  };
}

function lineOf(line: InvoiceLine, document: InvoiceDocument, words: InvoiceWords): EInvoiceLine {
  return {
    name: line.kind === 'ADJUSTMENT' ? words.adjustment : line.name,
    sku: line.sku,
    attributes: line.options.map(attributeOf),
    quantity: line.quantity,
    unitCode: line.kind === 'GOODS' ? 'H87' : 'C62',
    ...priceOf(line),
    net: line.net,
    vat: vatTermsOf(line, document),
  };
}

/** Splits an option of a variant, "Color: red". */
function attributeOf(option: string): readonly [string, string] {
  const [name = '', ...value] = option.split(': ');
  return [name, value.join(': ')];
}

/**
 * The net price after discounts. A price that would not be exact with two more decimal places than the currency is the price of all units,
 * so that price times quantity is always the net amount of the line.
 */
function priceOf({ net, quantity }: InvoiceLine): Pick<EInvoiceLine, 'price' | 'baseQuantity'> {
  const scale = exponentOf(net.currency);
  const fine = BigInt(net.amountMinor) * 100n;
  if (fine % BigInt(quantity) === 0n)
    return { price: formatScaled(fine / BigInt(quantity), scale + 2), baseQuantity: 1 };
  return { price: formatScaled(BigInt(net.amountMinor), scale), baseQuantity: quantity };
}

function chargeOf(line: InvoiceLine, document: InvoiceDocument, words: InvoiceWords): DocumentCharge {
  const { kind, net, name } = line;
  const isCharge = net.amountMinor >= 0;
  return {
    isCharge,
    amount: money(Math.abs(net.amountMinor), net.currency),
    reason: kind === 'SHIPPING' ? name : words.retained,
    reasonCode: isCharge ? 'FC' : null,
    vat: vatTermsOf(line, document),
  };
}

interface Taxable {
  readonly vat: VatTerms;
  readonly amount: Money;
}

const taxableLine = ({ vat, net }: EInvoiceLine): Taxable => ({ vat, amount: net });

function taxableCharge({ vat, isCharge, amount }: DocumentCharge): Taxable {
  return { vat, amount: isCharge ? amount : money(0 - amount.amountMinor, amount.currency) };
}

function breakdownOf(parts: readonly Taxable[], words: InvoiceWords): VatBreakdown[] {
  const groups = Map.groupBy(parts, ({ vat }) => `${vat.category} ${vat.millionths}`);
  return [...groups.values()].flatMap((group): VatBreakdown[] => {
    const [first] = group;
    if (!first) return [];
    const { currency } = first.amount;
    const taxable = sum(
      group.map(({ amount }) => amount),
      currency,
    );
    return [
      { ...first.vat, taxable, tax: vatOn(taxable, first.vat), exemption: exemptionOf(first.vat.category, words) },
    ];
  });
}

/** The VAT on an amount (BR-CO-17), rounded half up. */
export function vatOn({ amountMinor, currency }: Money, { millionths }: VatTerms): Money {
  return money(divideHalfUp(BigInt(amountMinor) * BigInt(millionths), 1_000_000n), currency);
}

function eInvoiceTotals(
  document: InvoiceDocument,
  lines: readonly EInvoiceLine[],
  charges: readonly DocumentCharge[],
  vat: readonly VatBreakdown[],
): EInvoiceTotals {
  const { currency, paid = zero(currency) } = document;
  const total = (amounts: readonly Money[]) => sum(amounts, currency);
  const amountsOf = (isCharge: boolean) =>
    total(charges.filter((each) => each.isCharge === isCharge).map(({ amount }) => amount));
  const charged = totalsOf(document);
  const tax = total(vat.map((each) => each.tax));
  const gross = total([charged.net, tax]);
  return {
    lines: total(lines.map(({ net }) => net)),
    allowances: amountsOf(false),
    charges: amountsOf(true),
    net: charged.net,
    tax,
    gross,
    paid,
    rounding: subtract(charged.gross, gross),
    due: subtract(charged.gross, paid),
  };
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

function paymentOf({ seller: { bank }, currency }: InvoiceDocument, words: InvoiceWords): EInvoice['payment'] {
  if (!bank) return { code: '68', text: words.onlinePayment, account: null };
  const isSepa = currency === 'EUR' && IBAN.test(bank.accountNumber);
  return { code: isSepa ? '58' : '30', text: words.bank, account: bank };
}

function dayOf(at: Date | string): string {
  return new Date(at).toISOString().slice(0, 10);
}
