import { createHash, randomBytes } from 'node:crypto';

/** The number of recovery codes of a user. */
const RECOVERY_CODES = 10;
/** Crockford's base32: without the letters I, L, O and U, which are easily confused with other characters. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE_LENGTH = 16;
const GROUP_LENGTH = 4;

/** Ten random recovery codes of 80 bits each, in the form `7k3m-9q2x-h4tw-0rzc`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, newCode);
}

/** SHA-256 of a recovery code, base64url. Letter case, spaces and hyphens do not count. */
export function recoveryCodeHash(code: string): string {
  const typed = code.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return createHash('sha256').update(typed).digest('base64url');
}

function newCode(): string {
  const characters = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  return characters.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))?.join('-') ?? characters;
}
