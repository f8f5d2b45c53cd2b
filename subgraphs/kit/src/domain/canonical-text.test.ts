import { expect, test } from '@jest/globals';
import { canonicalText, comparedText } from './canonical-text.ts';

test.each([
  ['  A-1 ', 'A-1'],
  ['A\u00A0 \u2003B', 'A B'],
  ['e\u0301', '\u00E9'],
])('%j is stored as %j', (text, canonical) => {
  expect(canonicalText(text)).toBe(canonical);
});

test.each(['', ' \u3000', 'A\u200BB', 'A\u00ADB', 'A\u202EB', 'A\tB', '\u3164', '\u2800', 'A\uFE0F', 'A\u{E0041}'])(
  '%j is refused: it looks like another text',
  (text) => {
    expect(canonicalText(text)).toBeNull();
  },
);

test('texts that differ by case or width are compared as equal', () => {
  expect(new Set(['LAMP-1', 'lamp-1', '\uFF2CAMP-1'].map(comparedText)).size).toBe(1);
});
