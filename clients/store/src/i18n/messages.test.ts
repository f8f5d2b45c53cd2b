import { expect, test } from '@jest/globals';
import IntlMessageFormat from 'intl-messageformat';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type MessageKey } from './en.ts';
import { LOCALES } from './locales.ts';

const LANGUAGES = { en, de, ar };
const KEYS = Object.keys(en) as MessageKey[];

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** The names of a message's arguments, also those inside plural forms. */
function argumentsOf(elements: Elements): readonly string[] {
  return elements.flatMap((element) => [
    ...('value' in element && element.type !== TEXT ? [String(element.value)] : []),
    ...('options' in element ? Object.values(element.options).flatMap(({ value }) => argumentsOf(value)) : []),
  ]);
}

/** The type number of literal text in `@formatjs/icu-messageformat-parser`. Literal text has no argument. */
const TEXT = 0;

test.each(['de', 'ar'] as const)(
  'every text of %s is a valid message with the arguments of the English one',
  (language) => {
    const names = (message: string, locale: string) =>
      [...new Set(argumentsOf(new IntlMessageFormat(message, locale).getAst()))].toSorted();
    for (const key of KEYS) {
      const own = names(LANGUAGES[language][key], LOCALES[language]);
      expect({ key, own }).toEqual({ key, own: names(en[key], LOCALES.en) });
    }
  },
);

test.each(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])('every number has its plural in %s', (language) => {
  const message = new IntlMessageFormat(LANGUAGES[language]['list.count'], LOCALES[language]);
  const texts = [0, 1, 2, 3, 11, 100].map((count) => String(message.format({ count })));
  expect(texts.filter((text) => text.trim() === '' || text.includes('{'))).toEqual([]);
  expect(new Set(texts).size).toBeGreaterThanOrEqual(3);
});
