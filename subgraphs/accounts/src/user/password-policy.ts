import { dictionary } from '@zxcvbn-ts/language-common';
import { caseless, failure, type Failure } from '@souk/kit/domain';

/** Returned for a password that is easy to guess. */
export type CommonPassword = Failure<'PASSWORD_COMMON'>;

/** About 49,000 passwords from breaches, in lower case. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'].map(String));

/**
 * Refuses a password from a list of breached passwords, and a password that equals the e-mail address or the part before its `@` (NIST SP
 * 800-63B, section 3.1.1.2). A mix of letters, digits and symbols is not required, because such rules make passwords predictable. The input
 * type checks the length.
 */
export function refusePassword(password: string, email: string): CommonPassword | null {
  const given = caseless(password);
  const address = caseless(email);
  const isCommon = COMMON.has(given) || given === address || given === address.split('@')[0];
  const message = 'This password is known to attackers: use a sentence of your own, or let a password manager choose';
  return isCommon ? failure('PASSWORD_COMMON', message, ['password']) : null;
}
