import { failure, type Failure } from './failure.ts';
import { canonicalLocale } from './locale.ts';
import { err, ok, type Result } from './result.ts';

/** Texts in another language. Missing texts are shown in the shop's language. */
export interface TranslationDraft {
  /** The language (BCP 47). */
  readonly locale: string;
  readonly name?: string | null;
  readonly description?: string | null;
}

/** Converts the locales of translations to their stored form. Returns a failure when a locale is invalid or repeated. */
export function canonicalTranslations<Draft extends { readonly locale: string }>(
  drafts: readonly Draft[],
): Result<Draft[], Failure<'INVALID_INPUT'>> {
  const seen = new Set<string>();
  const canonical: Draft[] = [];
  for (const [index, draft] of drafts.entries()) {
    const locale = canonicalLocale(draft.locale);
    if (!locale || seen.has(locale))
      return err(
        failure('INVALID_INPUT', 'Each translation needs its own language tag, such as "de" or "pt-BR"', [
          'translations',
          `${index}`,
          'locale',
        ]),
      );
    seen.add(locale);
    canonical.push({ ...draft, locale });
  }
  return ok(canonical);
}
