import { expect, test } from '@jest/globals';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

/** The test key of RFC 6238 appendix B, `12345678901234567890`, in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);
const stepAt = (code: string, seconds: number, lastStep: number | null = null) =>
  totpStep(code, { secret: SECRET, lastStep, now: at(seconds) });

// The last six digits of the SHA-1 vectors of RFC 6238 appendix B.
test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
  [20_000_000_000, '353130', 666_666_666],
])('at second %d the code is %s', (seconds, code, step) => {
  expect(stepAt(code, seconds)).toBe(step);
});

test('a code is accepted in the 30 seconds before and after its time step, and not a second longer', () => {
  const [first, last] = [1_111_111_110, 1_111_111_139]; // the time step of 050471
  expect([first - 31, first - 30, last + 30, last + 31].map((seconds) => stepAt('050471', seconds))).toEqual([
    null,
    37_037_037,
    37_037_037,
    null,
  ]);
});

test('a code is refused at and before the time step of the latest accepted code', () => {
  expect([0, 1, 2].map((lastStep) => stepAt('287082', 59, lastStep))).toEqual([1, null, null]);
});

test('spaces do not count, because apps show codes in two groups', () => {
  expect(stepAt(' 287 082 ', 59)).toBe(1);
});

test.each(['28708', '2870822', '28708a', '', '２８７０８２'])('the text %j is no code', (code) => {
  expect(stepAt(code, 59)).toBeNull();
});

test('a new secret has 160 bits, and its URI names the shop and the user', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  expect(totpUri({ secret, email: 'a+b@shop.test', shop: 'Lamps & Co' })).toBe(
    `otpauth://totp/Lamps%20%26%20Co:a%2Bb%40shop.test?secret=${secret}&issuer=Lamps%20%26%20Co`,
  );
});
