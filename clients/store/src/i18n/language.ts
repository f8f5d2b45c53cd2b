import { LANGUAGES, type Language } from './locales.ts';

const KEY = 'souk-store-language';
const listeners = new Set<() => void>();

/** Stores the language in this browser, and shows it immediately. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  for (const listener of listeners) listener();
}

/** Returns the language to show: the buyer's choice, otherwise the browser's language, otherwise English. */
export function chosenLanguage(): Language {
  const candidates = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return candidates.find(isLanguage) ?? 'en';
}

/** Calls the listener after each choice. @returns a function that unsubscribes */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag !== null && tag !== undefined && tag in LANGUAGES;
}
