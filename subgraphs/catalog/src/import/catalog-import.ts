import type { AttributeDraft } from '../variant/variant-draft.ts';
import type { ProductDraft } from '../product/product-draft.ts';
import type { TranslationDraft } from '../translation/translation-draft.ts';

/** An attribute to bring in. */
export interface ImportedAttribute {
  /** Small letters, digits, single dashes or underscores. */
  readonly code: string;
  readonly name: string;
}

/** A category to bring in; its parent is stored already or among those that come with it. */
export interface ImportedCategory {
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly parentSlug?: string | null;
  readonly externalReference?: string;
  readonly translations?: readonly TranslationDraft[];
}

/** A collection to bring in. */
export interface ImportedCollection {
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly externalReference?: string;
  readonly translations?: readonly TranslationDraft[];
}

/** A product to bring in, placed by the slugs of categories and collections. Prices are decimal strings: `{ amount: '19.90', currency: 'EUR' }`. */
export interface ImportedProduct extends ProductDraft {
  readonly categories?: readonly string[];
  readonly collections?: readonly string[];
  readonly attributes?: readonly AttributeDraft[];
}

/** What an import did. What was there before stays as it is. */
export interface ImportOutcome {
  readonly created: number;
  /** Had the slug or external reference of something that was there. */
  readonly skipped: number;
}

/** Thrown when what is to be imported contradicts itself or names what is not there; the transaction of its chunk leaves nothing behind. */
export class ImportError extends Error {
  constructor(
    what: string,
    readonly problem: string,
  ) {
    super(`${what} cannot be imported: ${problem}`);
    this.name = 'ImportError';
  }
}
