import type { Content } from '../../pricing/content.ts';
import type { DetailsDraft } from '../../product/product-details.ts';
import type { ProductStatus } from '../../product/product-draft.ts';
import type { OptionValue } from '../../variant/option.ts';
import type { AttributeDraft, VariantSize } from '../../variant/variant-draft.ts';

/** A row of a file, below the header. */
export interface ImportRow {
  /** The number of the line on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A problem of a row, with a message for staff. */
export interface RowProblem {
  readonly line: number;
  /** The name of the column. Null when the problem concerns the whole row. */
  readonly column: string | null;
  readonly code: RowProblemCode;
  readonly message: string;
  /** How to solve the problem. Null when the message is enough. */
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
  'UNKNOWN_BRAND',
  'UNKNOWN_CATEGORY',
  'UNKNOWN_COLLECTION',
  'UNKNOWN_ATTRIBUTE',
  'SKU_TAKEN',
  'BARCODE_TAKEN',
  'REFERENCE_TAKEN',
] as const;
export type RowProblemCode = (typeof ROW_PROBLEM_CODES)[number];

/** A brand as a file names it. */
export interface GivenBrand {
  readonly slug: string;
  /** The name, by which the import finds or creates the brand. Null when the file has only the slug of an existing brand. */
  readonly name: string | null;
}

/** A picture in a file, with its alternative text. */
export interface GivenImage {
  readonly url: string;
  readonly alt: string;
}

/** A variant as a file describes it. A missing field keeps the stored value. Null clears the stored value. */
export interface GivenVariant {
  readonly line: number;
  readonly sku: string;
  readonly name?: string | null;
  readonly options?: readonly OptionValue[];
  /** The price of one unit by currency. Null removes the price in the currency. */
  readonly prices: ReadonlyMap<string, string | null>;
  readonly weightGrams?: number | null;
  readonly content?: Content | null;
  readonly barcode?: string | null;
  readonly size?: VariantSize | null;
  readonly externalReference?: string | null;
  /** All attributes of the variant. Stored attributes that are not in the list are removed. */
  readonly attributes?: readonly AttributeDraft[];
  /** The values of some attributes, by code. Other attributes keep their values. */
  readonly someAttributes?: ReadonlyMap<string, readonly string[]>;
}

/** The texts in another language. Null clears a text. */
export interface GivenTexts {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly seoTitle?: string | null;
  readonly seoDescription?: string | null;
}

/** A product as a file describes it. A missing field keeps the stored value. Null clears the stored value. */
export interface GivenProduct {
  readonly rows: readonly ImportRow[];
  /** The slug. When it is null, the SKU of a variant identifies the product. A new product then gets a slug from its name. */
  readonly slug: string | null;
  readonly name?: string;
  readonly description?: string;
  readonly baseSku?: string;
  readonly externalReference?: string | null;
  readonly taxCategory?: string | null;
  readonly status?: ProductStatus;
  readonly brand?: GivenBrand | null;
  readonly details?: DetailsDraft;
  readonly categories?: readonly string[];
  readonly collections?: readonly string[];
  readonly attributes?: readonly AttributeDraft[];
  readonly someAttributes?: ReadonlyMap<string, readonly string[]>;
  readonly images?: readonly GivenImage[];
  readonly translations: ReadonlyMap<string, GivenTexts>;
  readonly variants: readonly GivenVariant[];
}

/** The product that consecutive rows describe, and their problems. The product is null when a problem prevents the import. */
export interface ReadProduct {
  readonly rows: readonly ImportRow[];
  readonly product: GivenProduct | null;
  readonly problems: readonly RowProblem[];
}

/** A remark for staff about a column that is not imported. */
export interface ImportNotice {
  readonly column: string;
  readonly message: string;
}

/** Reads products from the rows below a header. */
export interface ProductFormat {
  /** A key of the row. Consecutive rows with the same key belong to one product. */
  groupOf(row: ImportRow): string;
  read(rows: readonly ImportRow[]): ReadProduct;
  /** The names of the columns as the file spells them. */
  readonly header: readonly string[];
  readonly notices: readonly ImportNotice[];
  /** The positions of the columns with prices. */
  readonly amountColumns: readonly number[];
  /** Names of attributes by code. The import creates these attributes when the shop does not have them. */
  readonly ownAttributes: ReadonlyMap<string, string>;
}
