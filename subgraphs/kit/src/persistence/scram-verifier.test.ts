import { createHash, createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { scramVerifier } from './scram-verifier.ts';

/** The exchange of messages in RFC 7677, section 3, for the user "user" with the password "pencil". */
const AUTH_MESSAGE = [
  'n=user,r=rOprNGfwEbeRWgbNEkqO',
  'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
].join(',');
const CLIENT_PROOF = 'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';
const SERVER_SIGNATURE = '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=';

test('the verifier accepts the client proof of RFC 7677 and computes its server signature', () => {
  const verifier = scramVerifier('pencil', 4096, Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
  const [, storedKey = '', serverKey = ''] =
    /^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$(.{44}):(.{44})$/.exec(verifier) ?? [];
  const hmac = (key: string) => createHmac('sha256', Buffer.from(key, 'base64')).update(AUTH_MESSAGE).digest();
  const signature = hmac(storedKey);
  const clientKey = Buffer.from(CLIENT_PROOF, 'base64').map((byte, place) => byte ^ (signature[place] ?? 0));
  expect(createHash('sha256').update(clientKey).digest('base64')).toBe(storedKey);
  expect(hmac(serverKey).toString('base64')).toBe(SERVER_SIGNATURE);
});

test('two verifiers of one password differ by their salt', () => {
  expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
});

test.each(['', 'pâté', 'a\nb'])('%j is refused: clients may normalize it differently', (password) => {
  expect(() => scramVerifier(password)).toThrow('printable ASCII');
});
