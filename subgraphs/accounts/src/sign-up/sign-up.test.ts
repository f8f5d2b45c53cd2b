import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RESERVED_SLUGS } from './reserved-slug.policy.ts';
import { slugProblem, slugSuggestions } from './sign-up.ts';

describe('a slug', () => {
  test.each(['lamps', 'lamps-2', '3d-print', 'a1b'])('%s is well-formed', (slug) => {
    expect(slugProblem(slug)).toBeNull();
  });

  test.each([
    '',
    'ab',
    'Lamps',
    '-lamps',
    'lamps-',
    'xn--lmps-loa',
    'la--mps',
    'lämps',
    'la mps',
    'a.b',
    'lamps\n',
    'x'.repeat(41),
    randomUUID(),
    'lamps/../x',
  ])('%j is malformed', (slug) => {
    expect(slugProblem(slug)).toBe('MALFORMED');
  });

  test.each(['admin', 'www', 'souk'])('%s is reserved', (slug) => {
    expect(slugProblem(slug)).toBe('RESERVED');
  });
});

describe('suggestions', () => {
  test('keep the letters of the text', () => {
    expect(slugSuggestions('Böhm & Töchter').slice(0, 3)).toEqual([
      'bohm-tochter',
      'bohm-tochter-shop',
      'bohm-tochter-2',
    ]);
    expect(slugSuggestions('admin')[0]).toBe('admin-shop');
    expect(slugSuggestions('店')[0]).toBe('my-shop');
  });

  test('are slugs that a shop can have, for every text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...RESERVED_SLUGS)), (text) => {
        const suggestions = slugSuggestions(text);
        expect(suggestions.length).toBeGreaterThan(0);
        expect(suggestions.filter((slug) => slugProblem(slug) !== null)).toEqual([]);
      }),
    );
  });
});
