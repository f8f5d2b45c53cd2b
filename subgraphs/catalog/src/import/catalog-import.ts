import type { CatalogTranslation } from '../translation/catalog-translation.ts';
import type { AttributeDraft } from '../variant/variant-draft.ts';
import type { ProductDraft } from '../product/product-draft.ts';

/** An attribute to import. Attributes are identified by their code. */
export interface ImportedAttribute {
  /** The code: lower case letters, digits, single dashes or underscores. */
  readonly code: string;
  readonly name: string;
}

/** A brand to import. Brands are identified by their slug. */
export interface ImportedBrand {
  readonly slug: string;
  readonly name: string;
}

/** A category to import. Its parent is stored already or part of the same import. */
export interface ImportedCategory {
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly parentSlug?: string | null;
  readonly externalReference?: string;
  readonly translations?: readonly CatalogTranslation[];
}

/** A collection to import. Collections are identified by their slug. */
export interface ImportedCollection {
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly externalReference?: string;
  readonly translations?: readonly CatalogTranslation[];
}

/**
 * A product to import, with the slugs of its brand, categories and collections. Prices are decimal strings: `{ amount: '19.90', currency: 'EUR'
 * }`.
 */
export interface ImportedProduct extends ProductDraft {
  readonly brand?: string | null;
  readonly categories?: readonly string[];
  readonly collections?: readonly string[];
  readonly attributes?: readonly AttributeDraft[];
}

/** The result of an import. Objects that exist already are not changed. */
export interface ImportOutcome {
  readonly created: number;
  /** The number of objects that were skipped, because their slug or external reference is in use already. */
  readonly skipped: number;
}

/** Thrown when objects of an import contradict each other or refer to a missing object. The transaction of their chunk is rolled back. */
export class ImportError extends Error {
  constructor(
    what: string,
    readonly problem: string,
  ) {
    super(`${what} cannot be imported: ${problem}`);
    this.name = 'ImportError';
  }
}
