import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** The default of Postgres' setting `scram_iterations`. Used for servers before version 16, which do not report the setting. */
export const SCRAM_ITERATIONS = 4096;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Characters that SASLprep (RFC 4013) leaves unchanged, so that every client derives the same key from them. */
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/**
 * Computes the text that Postgres stores for a password (RFC 5802 section 3, with SHA-256 by RFC 7677), for `alter role ... password`.
 * Statements appear in logs, but this text does not permit a login.
 * @throws TypeError for a password with characters other than printable ASCII
 */
export function scramVerifier(password: string, iterations = SCRAM_ITERATIONS, salt = randomBytes(SALT_BYTES)): string {
  if (!PRINTABLE_ASCII.test(password))
    throw new TypeError('The password of a role may hold printable ASCII characters only');
  const salted = pbkdf2Sync(password, salt, iterations, KEY_BYTES, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
