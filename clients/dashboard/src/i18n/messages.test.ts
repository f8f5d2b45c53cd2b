import { expect, test } from '@jest/globals';
import IntlMessageFormat from 'intl-messageformat';
import { de } from './de.ts';
import { en, type MessageKey } from './en.ts';

// The English keys suffice, because the compiler checks that each language has the same keys.
const keys = Object.keys(en) as MessageKey[];

/** The names of a message's arguments, also those inside plural forms. */
function argumentsOf(message: string, language: string): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.stringify(new IntlMessageFormat(message, language).getAst(), (_key, node) => {
    const LITERAL = 0;
    if (typeof node?.value === 'string' && node.type !== LITERAL) names.add(node.value);
    return node;
  });
  return names;
}

test.each(keys)('%s parses in every language and has the same arguments', (key) => {
  expect(argumentsOf(de[key], 'de')).toEqual(argumentsOf(en[key], 'en'));
});
