import type { TranslationDraft } from '@souk/kit/domain';

/** The texts of a product, a category or a collection in another language. Missing texts are shown in the shop's language. */
export interface CatalogTranslation extends TranslationDraft {
  /** The title for search engines. */
  readonly seoTitle?: string | null;
  /** The description for search engines. */
  readonly seoDescription?: string | null;
}

/** The columns of a translation. An empty text is stored as a missing text. */
export function translationTexts({ locale, name, description, seoTitle, seoDescription }: CatalogTranslation) {
  return {
    locale,
    name: name || null,
    description: description || null,
    seoTitle: seoTitle || null,
    seoDescription: seoDescription || null,
  };
}

/** Whether a translation has any text. */
export function hasTexts({ name, description, seoTitle, seoDescription }: CatalogTranslation): boolean {
  return [name, description, seoTitle, seoDescription].some(Boolean);
}
