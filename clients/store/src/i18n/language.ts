/** The languages of the store, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

/** Locales for numbers, dates and prices. The digits are fixed, because releases of ICU disagree on those of Arabic. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', ar: 'ar-u-nu-latn' };

const KEY = 'souk-store-language';
const listeners = new Set<() => void>();

/** Chooses the language for this browser. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  for (const listener of listeners) listener();
}

/** The language of the store: the chosen one, else the browser's, else English. */
export function chosenLanguage(): Language {
  const candidates = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return candidates.find(isLanguage) ?? 'en';
}

/** Calls the listener after each choice. @returns a function that ends the calls */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Direction of the language's script. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag !== null && tag !== undefined && tag in LANGUAGES;
}
