import { dictionary } from '@zxcvbn-ts/language-common';
import { caseless, failure, type Failure } from '@souk/kit/domain';

/** Returned for a password that attackers try first. */
export type CommonPassword = Failure<'PASSWORD_COMMON'>;

/** 49,000 passwords from breaches, in lower case. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'].map(String));

/**
 * Refuses a password that is in a list of breached passwords, or is the e-mail address or the part before its `@` (NIST SP 800-63B, section
 * 3.1.1.2). There are no rules about kinds of characters, because they make passwords predictable. The input checks the length.
 */
export function refusePassword(password: string, email: string): CommonPassword | null {
  const given = caseless(password);
  const address = caseless(email);
  const isCommon = COMMON.has(given) || given === address || given === address.split('@')[0];
  const message = 'This password is known to attackers: use a sentence of your own, or let a password manager choose';
  return isCommon ? failure('PASSWORD_COMMON', message, ['password']) : null;
}
