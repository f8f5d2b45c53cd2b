import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { ara, dan, deu, eng, fin, fra, hun, ita, nld, nob, por, ron, rus, spa, swe, tur } from 'stopword';

/** The rules for comparing the words of one language. */
export interface LanguageRules {
  /** Returns the stem of a word in lower case. Without a stemmer for the language, it returns the word itself. */
  stem(word: string): string;
  /** Words that do not describe a product, such as "the" and "for". A product does not have to contain them. */
  readonly stopWords: ReadonlySet<string>;
  /** Whether compounds are written as one word, such as "Baumwollhemd". */
  readonly hasCompounds: boolean;
}

const language = (
  stem: LanguageRules['stem'],
  stopWords: readonly string[],
  { hasCompounds = false } = {},
): LanguageRules => ({ stem, stopWords: new Set(stopWords), hasCompounds });

const COMPOUNDS = { hasCompounds: true };

/** The rules by language subtag (BCP 47). */
const LANGUAGES: Readonly<Record<string, LanguageRules>> = {
  ar: language(arabic, ara),
  da: language(danish, dan, COMPOUNDS),
  de: language(german, deu, COMPOUNDS),
  en: language(english, eng),
  es: language(spanish, spa),
  fi: language(finnish, fin, COMPOUNDS),
  fr: language(french, fra),
  hu: language(hungarian, hun, COMPOUNDS),
  it: language(italian, ita),
  nb: language(norwegian, nob, COMPOUNDS),
  nl: language(dutch, nld, COMPOUNDS),
  no: language(norwegian, nob, COMPOUNDS),
  pt: language(portuguese, por),
  ro: language(romanian, ron),
  ru: language(russian, rus),
  sv: language(swedish, swe, COMPOUNDS),
  tr: language(turkish, tur),
};

const OTHER = language((word) => word, []);

/** The rules of a language. Words of an unlisted language are compared without stemming. @param code the language subtag, such as `de` */
export function languageRules(code: string): LanguageRules {
  return LANGUAGES[code] ?? OTHER;
}
