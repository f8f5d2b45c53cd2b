import { LANGUAGES, type Language } from './locales.ts';

const KEY = 'souk-store-language';
const listeners = new Set<() => void>();

/** Chooses the language for this browser. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  for (const listener of listeners) listener();
}

/** The language of the store: the buyer's choice, or the browser's language, or English. */
export function chosenLanguage(): Language {
  const candidates = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return candidates.find(isLanguage) ?? 'en';
}

/** Calls the listener after each choice. @returns a function that ends the calls */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag !== null && tag !== undefined && tag in LANGUAGES;
}
