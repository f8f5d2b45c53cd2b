import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import { totalsOf } from '../invoice/invoice.ts';
import { subtract, zero, type Money } from '@souk/kit/domain';
import type { TaxLine } from '../tax/tax.ts';
import { unitPriceOf } from '../cart/unit-price.ts';
import { formatsOf, type InvoiceFormats } from './invoice-formats.ts';
import { wordsOf, type InvoiceWords } from './invoice-words.ts';
import {
  CONTENT_WIDTH,
  leftOf,
  PAGE,
  wrap,
  type Align,
  type Box,
  type Mark,
  type Measure,
  type Page,
  type TextStyle,
} from './page.ts';

const INK = '#1f2937';
const MUTED = '#6b7280';
const LINE = '#d1d5db';
const BRAND = '#1f2937';
/** Height in points of the page footer, which shows the page number and the seller. */
const FOOT = 60;
const BOTTOM = PAGE.height - PAGE.margin - FOOT;

interface Column {
  readonly box: Box;
  readonly title: (words: InvoiceWords) => string;
}
const COLUMNS: readonly Column[] = [
  { box: { start: 0, width: 180 }, title: (words) => words.description },
  { box: { start: 185, width: 35, align: 'END' }, title: (words) => words.quantity },
  { box: { start: 225, width: 80, align: 'END' }, title: (words) => words.unitPrice },
  { box: { start: 310, width: 45, align: 'END' }, title: (words) => words.tax },
  { box: { start: 360, width: 65, align: 'END' }, title: (words) => words.net },
  { box: { start: 430, width: CONTENT_WIDTH - 430, align: 'END' }, title: (words) => words.amount },
];

/** The totals below the lines. `net`, the taxes and `rounding` add up to `gross`. */
export interface ShownTotals {
  readonly net: Money;
  readonly gross: Money;
  readonly taxLines: readonly TaxLine[];
  readonly rounding: Money;
}

/** The totals of an invoice, with the taxes as the shop charged them. */
export function shownTotalsOf({ document }: Invoice): ShownTotals {
  return { ...totalsOf(document), rounding: zero(document.currency) };
}

/** Lays out an invoice on pages. The header of the table is repeated on every page. The totals stay together on one page. */
export function invoicePages(invoice: Invoice, measure: Measure, totals = shownTotalsOf(invoice)): Page[] {
  const words = wordsOf(invoice.document.locale);
  const formats = formatsOf(invoice.document.locale);
  const sheet = new Sheet(words, measure, invoice.document.seller.color ?? BRAND);
  drawHead(sheet, invoice, words, formats);
  sheet.tableHead();
  for (const line of invoice.document.lines) drawLine(sheet, line, words, formats);
  drawTotals(sheet, totals, words, formats);
  drawPaid(sheet, invoice, words, formats);
  drawClosing(sheet, invoice, words);
  const foot = [sellerLine(invoice), ...identifiers(invoice, words)].join('  ·  ');
  return sheet.finished(foot);
}

/** Collects the texts and rules of each page. `y` is the top of the next block. */
class Sheet {
  readonly #pages: Mark[][] = [[]];
  readonly #words: InvoiceWords;
  readonly #measure: Measure;
  readonly #brand: string;
  y: number = PAGE.margin;

  constructor(words: InvoiceWords, measure: Measure, brand: string) {
    this.#words = words;
    this.#measure = measure;
    this.#brand = brand;
  }

  get brand(): string {
    return this.#brand;
  }

  /** Starts a new page when less than `height` is left on the current page. */
  reserve(height: number, onNewPage: () => void = () => undefined): void {
    if (this.y + height <= BOTTOM) return;
    this.#pages.push([]);
    this.y = PAGE.margin;
    onNewPage();
  }

  /** Breaks a text into lines that fit into `width`. */
  linesOf(text: string, width: number, style: TextStyle): string[] {
    return wrap(text, width, (line) => this.#measure(line, style));
  }

  /** Draws lines below each other. @returns their height in points */
  lines(lines: readonly string[], box: Box, y: number, style: TextStyle): number {
    for (const [index, line] of lines.entries()) this.#line(line, box, y + index * leading(style), style);
    return lines.length * leading(style);
  }

  /** Draws a text on one line. The font size is reduced when the text is too wide. */
  fitted(text: string, box: Box, y: number, style: TextStyle): void {
    const width = this.#measure(text, style);
    const size = width <= box.width ? style.size : (style.size * box.width) / width;
    this.#line(text, box, y, { ...style, size });
  }

  rule(y: number, height: number, color: string): void {
    this.#last().push({ kind: 'RULE', x: PAGE.margin, y, width: CONTENT_WIDTH, height, color });
  }

  tableHead(): void {
    for (const { box, title } of COLUMNS) this.fitted(title(this.#words), box, this.y, style(8, true, MUTED));
    this.rule(this.y + 14, 0.75, LINE);
    this.y += 21;
  }

  /** The pages with page numbers and the footer. */
  finished(foot: string): Page[] {
    const small = style(7.5, false, MUTED);
    const count = this.#pages.length;
    return this.#pages.map((marks, index) => {
      const page = new Sheet(this.#words, this.#measure, this.#brand);
      page.rule(PAGE.height - PAGE.margin - 38, 0.75, LINE);
      const lines = page.linesOf(foot, CONTENT_WIDTH - 90, small);
      page.lines(lines.slice(0, 3), { start: 0, width: CONTENT_WIDTH - 90 }, PAGE.height - PAGE.margin - 30, small);
      const number: Box = { start: CONTENT_WIDTH - 80, width: 80, align: 'END' };
      page.fitted(this.#words.page(index + 1, count), number, PAGE.height - PAGE.margin - 30, small);
      return [...marks, ...page.#last()];
    });
  }

  #line(text: string, box: Box, y: number, textStyle: TextStyle): void {
    if (text === '') return;
    const x = leftOf(box, this.#measure(text, textStyle), this.#words.direction);
    this.#last().push({ kind: 'TEXT', text, x, y, style: textStyle });
  }

  #last(): Mark[] {
    return this.#pages.at(-1) ?? [];
  }
}

function style(size: number, isBold = false, color = INK): TextStyle {
  return { size, isBold, color };
}

function leading({ size }: TextStyle): number {
  return size * 1.4;
}

const half = (align: Align, start: number): Box => ({ start, width: CONTENT_WIDTH / 2 - 10, align });

function drawHead(sheet: Sheet, invoice: Invoice, words: InvoiceWords, formats: InvoiceFormats): void {
  const { seller, buyer, order, credits } = invoice.document;
  sheet.fitted(seller.legalName, half('START', 0), sheet.y + 2, style(15, true, sheet.brand));
  sheet.fitted(words.titles[invoice.type], half('END', CONTENT_WIDTH / 2 + 10), sheet.y, style(19, true));
  sheet.rule(sheet.y + 34, 2, sheet.brand);
  const top = sheet.y + 56;
  const sender = sheet.linesOf(sellerLine(invoice), CONTENT_WIDTH / 2 - 20, style(7, false, MUTED));
  const above = sheet.lines(sender, half('START', 0), top, style(7, false, MUTED));
  const { name, line1, line2, city, region, postalCode, countryCode } = buyer.address;
  const place = [postalCode, city, region].filter((part) => part !== null).join(' ');
  const address = [name, line1, line2, place, formats.country(countryCode)].filter((part) => part !== null);
  const text = style(10);
  const lines = address.flatMap((part) => sheet.linesOf(part, CONTENT_WIDTH / 2 - 20, text));
  const left = above + 6 + sheet.lines(lines, half('START', 0), top + above + 6, text);
  const facts: [string, string | null][] = [
    [words.number, invoice.number],
    [words.issuedAt, formats.date(invoice.issuedAt)],
    [words.credits, credits && `${credits.number}, ${formats.date(credits.issuedAt)}`],
    [words.order, order.number],
    [words.orderedAt, formats.date(order.placedAt)],
    [words.buyerVatId, buyer.vatId],
  ];
  let y = top;
  for (const [label, value] of facts) {
    if (value === null) continue;
    sheet.fitted(label, { start: CONTENT_WIDTH / 2 + 30, width: 95 }, y, style(9, false, MUTED));
    sheet.fitted(value, { start: CONTENT_WIDTH - 120, width: 120, align: 'END' }, y, style(9, label === words.number));
    y += 15;
  }
  sheet.y = Math.max(top + left, y) + 28;
}

function drawLine(sheet: Sheet, line: InvoiceLine, words: InvoiceWords, formats: InvoiceFormats): void {
  const [description, quantity, price, tax, net, amount] = COLUMNS.map(({ box }) => box);
  if (!description || !quantity || !price || !tax || !net || !amount) return;
  const name = sheet.linesOf(nameOf(line, words), description.width, style(9));
  const details = [line.sku, ...line.options].filter((part) => part !== null).join(', ');
  const small = style(7.5, false, MUTED);
  const more = details === '' ? [] : sheet.linesOf(details, description.width, small);
  const height = name.length * leading(style(9)) + more.length * leading(small) + 7;
  sheet.reserve(height, () => sheet.tableHead());
  const used = sheet.lines(name, description, sheet.y, style(9));
  sheet.lines(more, description, sheet.y + used, small);
  const cell = (text: string, box: Box) => sheet.fitted(text, box, sheet.y, style(9));
  cell(formats.quantity(line.quantity), quantity);
  if (line.unitPrice !== null) {
    const shown = unitPriceOf(line.unitPrice, line.gross.currency);
    cell(formats.unitPrice(shown, line.gross.currency), price);
  }
  cell(line.taxLines.map(({ millionths }) => formats.rate(millionths)).join(' + '), tax);
  cell(formats.money(line.net), net);
  cell(formats.money(line.gross), amount);
  sheet.y += height;
}

function nameOf({ kind, name, gross }: InvoiceLine, words: InvoiceWords): string {
  if (kind !== 'ADJUSTMENT') return name;
  return gross.amountMinor < 0 ? words.retained : words.adjustment;
}

function drawTotals(sheet: Sheet, totals: ShownTotals, words: InvoiceWords, formats: InvoiceFormats): void {
  const taxes = totals.taxLines.map(({ name, millionths, base, amount }): [string, string] => {
    const rate = [name, formats.rate(millionths)].filter((part) => part !== '').join(' ');
    return [words.taxOn(rate, formats.money(base)), formats.money(amount)];
  });
  const { rounding } = totals;
  const rounded: [string, string][] = rounding.amountMinor === 0 ? [] : [[words.rounding, formats.money(rounding)]];
  const rows: [string, string][] = [[words.net, formats.money(totals.net)], ...taxes, ...rounded];
  const notes = new Set(totals.taxLines.flatMap(({ treatment }) => words.treatments[treatment] ?? []));
  const height = 12 + rows.length * 15 + 34 + notes.size * 14;
  sheet.reserve(height);
  sheet.rule(sheet.y, 0.75, LINE);
  sheet.y += 10;
  for (const [label, value] of rows) {
    sheet.fitted(label, { start: 200, width: 180, align: 'END' }, sheet.y, style(9, false, MUTED));
    sheet.fitted(value, { start: 390, width: CONTENT_WIDTH - 390, align: 'END' }, sheet.y, style(9));
    sheet.y += 15;
  }
  sheet.y += 4;
  sheet.fitted(words.total, { start: 200, width: 180, align: 'END' }, sheet.y, style(12, true));
  sheet.fitted(
    formats.money(totals.gross),
    { start: 390, width: CONTENT_WIDTH - 390, align: 'END' },
    sheet.y,
    style(12, true, sheet.brand),
  );
  sheet.y += 30;
  for (const note of notes) {
    sheet.fitted(note, { start: 0, width: CONTENT_WIDTH }, sheet.y, style(9));
    sheet.y += 14;
  }
}

/** Draws the paid amount and the rest below the total. An invoice without a payment has neither. */
function drawPaid(sheet: Sheet, { type, document }: Invoice, words: InvoiceWords, formats: InvoiceFormats): void {
  const { paid } = document;
  if (!paid || type === 'CREDIT_NOTE') return;
  const rows = [
    [words.paid, paid],
    [words.due, subtract(totalsOf(document).gross, paid)],
  ] as const;
  sheet.reserve(rows.length * 15 + 8);
  for (const [label, amount] of rows) {
    sheet.fitted(label, { start: 200, width: 180, align: 'END' }, sheet.y, style(9, false, MUTED));
    sheet.fitted(formats.money(amount), { start: 390, width: CONTENT_WIDTH - 390, align: 'END' }, sheet.y, style(9));
    sheet.y += 15;
  }
  sheet.y += 8;
}

/** Draws the seller's footer text and bank account below the totals. */
function drawClosing(sheet: Sheet, { type, document }: Invoice, words: InvoiceWords): void {
  const { bank, footer } = document.seller;
  const account = bank && [bank.accountHolder, bank.bankName, bank.accountNumber, bank.bic];
  const texts = [
    ...(footer === null ? [] : [footer]),
    ...(account === null || type === 'CREDIT_NOTE'
      ? []
      : [`${words.bank}: ${account.filter((part) => part !== null).join(', ')}`]),
  ];
  for (const text of texts) {
    const lines = sheet.linesOf(text, CONTENT_WIDTH, style(9));
    sheet.reserve(lines.length * leading(style(9)));
    sheet.y += sheet.lines(lines, { start: 0, width: CONTENT_WIDTH }, sheet.y, style(9)) + 6;
  }
}

function sellerLine({ document }: Invoice): string {
  const { legalName, address } = document.seller;
  const place = [address.postalCode, address.city].filter((part) => part !== null).join(' ');
  return [legalName, address.line1, address.line2, place, address.countryCode]
    .filter((part) => part !== null)
    .join(', ');
}

function identifiers({ document }: Invoice, words: InvoiceWords): string[] {
  const { vatId, registrationId, email, phone } = document.seller;
  return [
    vatId && `${words.vatId} ${vatId}`,
    registrationId && `${words.registrationId} ${registrationId}`,
    email,
    phone,
  ].filter((part) => part !== null);
}
