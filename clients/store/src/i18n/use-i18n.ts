import IntlMessageFormat from 'intl-messageformat';
import { useMemo, useSyncExternalStore } from 'react';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type MessageKey } from './en.ts';
import { formatDateTime, formatMoney, type Money } from './format.ts';
import { chosenLanguage, onLanguage } from './language.ts';
import { LOCALES, type Language } from './locales.ts';

type MessageValues = Readonly<Record<string, string | number>>;

/** Texts and formats in the language of the store. */
export interface I18n {
  readonly language: Language;
  readonly locale: string;
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  readonly money: (money: Money) => string;
  readonly dateTime: (iso: string) => string;
}

const MESSAGES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, de, ar };
const parsed = new Map<string, IntlMessageFormat>();

/** Returns the texts of the chosen language. A change of the language renders the component again. */
export function useI18n(): I18n {
  const language = useSyncExternalStore(onLanguage, chosenLanguage);
  return useMemo(() => i18nOf(language), [language]);
}

function i18nOf(language: Language): I18n {
  const locale = LOCALES[language];
  return {
    language,
    locale,
    t: (key, values) => messageOf(language, key, values),
    money: (money) => formatMoney(money, locale),
    dateTime: (iso) => formatDateTime(iso, locale),
  };
}

function messageOf(language: Language, key: MessageKey, values: MessageValues = {}): string {
  const id = `${language} ${key}`;
  const message = parsed.get(id) ?? new IntlMessageFormat(MESSAGES[language][key], LOCALES[language]);
  parsed.set(id, message);
  return String(message.format(values));
}
