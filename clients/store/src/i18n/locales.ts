/** The languages of the store, with their native names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

/**
 * Locales for numbers, dates and prices. `nu-latn` fixes the digits of Arabic, because ICU versions have different
 * defaults.
 */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', ar: 'ar-u-nu-latn' };

/** Returns the direction of the language's script. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
