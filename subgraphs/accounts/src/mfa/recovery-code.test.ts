import { expect, test } from '@jest/globals';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-code.ts';

test('ten different codes have four groups of letters and digits that are not confused', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
});

test('letter case, spaces, hyphens and confused characters do not count', () => {
  const hash = recoveryCodeHash('7k30-9q1x-h4tw-0rzc');
  for (const typed of ['7K309Q1XH4TW0RZC', ' 7k3o 9qlx h4tw orzc ', '7k3O-9qIx-h4tw-Orzc'])
    expect(recoveryCodeHash(typed)).toBe(hash);
  expect(recoveryCodeHash('7k30-9q1x-h4tw-0rzd')).not.toBe(hash);
});
