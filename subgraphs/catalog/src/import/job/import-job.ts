import { failure, type Failure } from '@souk/kit/domain';
import { DELIMITERS, detectDelimiter, type Delimiter } from '../reading/csv-format.ts';
import { detectDecimalMark, type DecimalMark } from '../reading/decimal-mark.ts';
import { decoding, detectEncoding, type Encoding } from '../reading/text-encoding.ts';
import type { ImportNotice, ProductFormat, RowProblem } from '../item/given-product.ts';
import { soukFormat } from '../item/souk-format.ts';
import { shopifyFormat } from '../item/shopify-format.ts';
import type { ImportStatus } from './import-job.machine.ts';

export const IMPORT_KINDS = ['SOUK_PRODUCTS', 'SHOPIFY_PRODUCTS'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** The maximum size of a file. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** The maximum size of one part of an upload, and of `text` in `importStart`. */
export const MAX_PART_BYTES = 512 * 1024;
/** The maximum number of a shop's imports that have not ended. */
export const MAX_OPEN_IMPORTS = 20;
/** The maximum number of problems that are listed. The error file contains the rows of all problems. */
export const MAX_PROBLEMS = 1000;

/** The format of a file as the caller states it. A value that is null is detected from the file. */
export interface ImportSettings {
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly decimalMark: DecimalMark | null;
  /** The currency of prices whose column has no currency. Null means the shop's default currency. */
  readonly currency: string | null;
}

/** The format with which a file is read. The decimal mark is null when every amount in the first rows is ambiguous. */
export interface FileFormat {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly decimalMark: DecimalMark | null;
  readonly currency: string;
}

/** The state of an import. The counts are numbers of products, except `rowCount` and `problemCount`. */
export interface ImportJob {
  readonly id: string;
  readonly kind: ImportKind;
  readonly status: ImportStatus;
  readonly dryRun: boolean;
  readonly fileName: string | null;
  readonly settings: ImportSettings;
  readonly format: FileFormat | null;
  readonly header: readonly string[];
  readonly notices: readonly ImportNotice[];
  readonly sizeBytes: number;
  readonly readBytes: number;
  readonly rowCount: number;
  readonly createdCount: number;
  readonly updatedCount: number;
  readonly skippedCount: number;
  readonly failedCount: number;
  readonly problemCount: number;
  readonly failure: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** A recorded problem with its position in the list. */
export interface ListedProblem extends RowProblem {
  readonly number: number;
}

/** Detects the properties of a file format that are null in `settings`. @param head the first bytes of the file */
export function fileFormat(
  head: Uint8Array,
  settings: ImportSettings,
  shopCurrency: string,
): FileFormat & { readonly text: string } {
  const encoding = settings.encoding ?? detectEncoding(head);
  const text = decoding(encoding).write(head);
  const delimiter = settings.delimiter ?? detectDelimiter(text);
  return { encoding, delimiter, decimalMark: settings.decimalMark, currency: settings.currency ?? shopCurrency, text };
}

/** Chooses the reader for files with this header. Null when a required column is missing. */
export function productFormat(
  kind: ImportKind,
  header: readonly string[],
  { decimalMark, currency }: FileFormat,
): ProductFormat | null {
  return kind === 'SOUK_PRODUCTS' ? soukFormat(header, decimalMark) : shopifyFormat(header, decimalMark, currency);
}

/** Detects the decimal mark from the prices in the first rows of a file. */
export function markOfRows(rows: readonly (readonly string[])[], { amountColumns }: ProductFormat): DecimalMark | null {
  return detectDecimalMark(rows.flatMap((cells) => amountColumns.map((index) => cells[index] ?? '')));
}

/** A message for staff that lists the required columns and the columns of the file. */
export function headerProblem(kind: ImportKind, header: readonly string[]): string {
  const needed = kind === 'SOUK_PRODUCTS' ? '"sku"' : '"Handle" (or "URL handle") and "Title"';
  const found = header.slice(0, 10).map((name) => `"${name.slice(0, 40)}"`);
  return `The first line must name the columns, with ${needed}. Found: ${found.join(', ')}. Another delimiter (${DELIMITERS.map((each) => JSON.stringify(each)).join(' ')}) or encoding may be right: name it when you start the import`;
}

export function notOpen(status: ImportStatus): Failure<'IMPORT_ENDED'> {
  return failure('IMPORT_ENDED', `This import is ${status}: only an import that has not ended can be changed`, ['id']);
}
