import type { Content } from '../../pricing/content.ts';
import type { ProductStatus } from '../../product/product-draft.ts';
import type { OptionValue } from '../../variant/option.ts';
import type { AttributeDraft } from '../../variant/variant-draft.ts';

/** A data row of a file. */
export interface ImportRow {
  /** The line of the file on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A problem of a row, for people. */
export interface RowProblem {
  readonly line: number;
  /** The name of the column. Null: the whole row. */
  readonly column: string | null;
  readonly code: RowProblemCode;
  readonly message: string;
  /** The remedy. */
  readonly suggestion: string | null;
}

export const ROW_PROBLEM_CODES = [
  'REQUIRED',
  'TOO_LONG',
  'TOO_MANY_CELLS',
  'INVALID_VALUE',
  'INVALID_CHARACTERS',
  'INVALID_NUMBER',
  'AMBIGUOUS_NUMBER',
  'CONTRADICTION',
  'TOO_MANY_ROWS',
  'UNKNOWN_SKU',
  'UNKNOWN_CATEGORY',
  'UNKNOWN_COLLECTION',
  'UNKNOWN_ATTRIBUTE',
  'SKU_TAKEN',
  'REFERENCE_TAKEN',
] as const;
export type RowProblemCode = (typeof ROW_PROBLEM_CODES)[number];

/** A picture of a product in a file. */
export interface GivenImage {
  readonly url: string;
  readonly alt: string;
}

/** A variant as a file describes it. A missing member keeps its value. Null clears it. */
export interface GivenVariant {
  readonly line: number;
  readonly sku: string;
  readonly name?: string | null;
  readonly options?: readonly OptionValue[];
  /** The price of one unit by currency. Null removes the price in the currency. */
  readonly prices: ReadonlyMap<string, string | null>;
  readonly weightGrams?: number | null;
  readonly content?: Content | null;
  readonly externalReference?: string | null;
  /** All attributes of the variant. */
  readonly attributes?: readonly AttributeDraft[];
  /** Values of single attributes by code. Other attributes stay. */
  readonly someAttributes?: ReadonlyMap<string, readonly string[]>;
}

/** Texts in another language. Null clears a text. */
export interface GivenTexts {
  readonly name?: string | null;
  readonly description?: string | null;
}

/** A product as a file describes it. A missing member keeps its value. Null clears it. */
export interface GivenProduct {
  readonly rows: readonly ImportRow[];
  /** Null: the product is found by the SKU of its variant, and must exist. */
  readonly slug: string | null;
  readonly name?: string;
  readonly description?: string;
  readonly baseSku?: string;
  readonly externalReference?: string | null;
  readonly taxCategory?: string | null;
  readonly status?: ProductStatus;
  /** Slugs. */
  readonly categories?: readonly string[];
  readonly collections?: readonly string[];
  readonly attributes?: readonly AttributeDraft[];
  readonly someAttributes?: ReadonlyMap<string, readonly string[]>;
  readonly images?: readonly GivenImage[];
  readonly translations: ReadonlyMap<string, GivenTexts>;
  readonly variants: readonly GivenVariant[];
}

/** The product of consecutive rows, or the reasons why the rows describe none. */
export interface ReadProduct {
  readonly rows: readonly ImportRow[];
  readonly product: GivenProduct | null;
  readonly problems: readonly RowProblem[];
}

/** A remark about a column of the file, for people. */
export interface ImportNotice {
  readonly column: string;
  readonly message: string;
}

/** Reads the products of a file whose header is known. */
export interface ProductFormat {
  /** The text by which consecutive rows belong to the same product. */
  groupOf(row: ImportRow): string;
  read(rows: readonly ImportRow[]): ReadProduct;
  /** The names of the columns, as the file has them. */
  readonly header: readonly string[];
  readonly notices: readonly ImportNotice[];
  /** The columns with prices. */
  readonly amountColumns: readonly number[];
  /** Attributes that the import creates when the shop has none with the code. */
  readonly ownAttributes: ReadonlyMap<string, string>;
}
