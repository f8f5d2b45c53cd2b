import IntlMessageFormat from 'intl-messageformat';
import { useMemo, useSyncExternalStore } from 'react';
import { de } from './de.ts';
import { en, type MessageKey } from './en.ts';
import { formatAgo, formatDate, formatDateTime, formatMoney, formatNumber, type Money } from './format.ts';

/** The languages of the dashboard, with their native names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

type MessageValues = Readonly<Record<string, string | number>>;

/** Texts and formats in the chosen language. */
export interface I18n {
  readonly language: Language;
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  readonly money: (money: Money) => string;
  readonly number: (value: number) => string;
  readonly date: (iso: string) => string;
  readonly dateTime: (iso: string) => string;
  readonly ago: (iso: string) => string;
}

const KEY = 'souk-dashboard-language';
const MESSAGES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, de };
const parsed = new Map<string, IntlMessageFormat>();
const listeners = new Set<() => void>();

/** Stores the language in this browser, and shows it immediately. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** The language to show: the stored choice, otherwise the browser's language, otherwise English. */
function chosenLanguage(): Language {
  const candidates = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return candidates.find((each): each is Language => each !== null && each !== undefined && each in LANGUAGES) ?? 'en';
}

export function useI18n(): I18n {
  const language = useSyncExternalStore(subscribe, chosenLanguage);
  return useMemo(() => i18nOf(language), [language]);
}

function i18nOf(language: Language): I18n {
  const locale = navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
  return {
    language,
    t: (key, values) => format(language, key, values),
    money: (money) => formatMoney(money, locale),
    number: (value) => formatNumber(value, locale),
    date: (iso) => formatDate(iso, locale),
    dateTime: (iso) => formatDateTime(iso, locale),
    ago: (iso) => formatAgo(iso, locale, Date.now()),
  };
}

function format(language: Language, key: MessageKey, values: MessageValues = {}): string {
  const id = `${language} ${key}`;
  const message = parsed.get(id) ?? new IntlMessageFormat(MESSAGES[language][key], language);
  parsed.set(id, message);
  return String(message.format(values));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
