import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** Postgres' `scram_iterations`, where the server does not say otherwise (it does from version 16 on). */
export const SCRAM_ITERATIONS = 4096;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** These pass SASLprep (RFC 4013) as they are: every client derives the same key from them. */
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/**
 * What Postgres stores of a password (RFC 5802 section 3, with SHA-256 by RFC 7677), to be given to `alter role ... password`: statements end
 * up in logs, and this text lets nobody log in.
 * @throws TypeError for a password that is not of printable ASCII characters.
 */
export function scramVerifier(password: string, iterations = SCRAM_ITERATIONS, salt = randomBytes(SALT_BYTES)): string {
  if (!PRINTABLE_ASCII.test(password))
    throw new TypeError('A password of a role must be of printable ASCII characters');
  const salted = pbkdf2Sync(password, salt, iterations, KEY_BYTES, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
