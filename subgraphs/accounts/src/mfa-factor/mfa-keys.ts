import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** A challenge must be answered within five minutes of the password. */
const CHALLENGE_MS = 5 * 60_000;
const UUID_BYTES = 16;
const TIME_BYTES = 6;
const BODY_BYTES = 2 * UUID_BYTES + TIME_BYTES;
/** The length of an HMAC-SHA256. */
const TAG_OF_CHALLENGE_BYTES = 32;

/** The user to whom a secret or a challenge belongs. */
export interface MfaUser {
  readonly tenantId: string;
  readonly userId: string;
}

/** A login whose password was right, and whose second factor is missing. */
export interface Challenge extends MfaUser {
  readonly expiresAt: Date;
}

/** Encrypts the secrets of authenticator apps, and signs challenges. The two keys are derived from one secret (HKDF, RFC 5869). */
export class MfaKeys {
  /** Undefined in a worker, which runs without the secret. */
  readonly #secret: string | undefined;

  /** @param secret a random text of at least 32 characters */
  constructor(secret: string | undefined) {
    this.#secret = secret;
  }

  /** Encrypts a secret for its user. @returns IV, tag and ciphertext, base64url */
  seal(secret: string, user: MfaUser): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key('souk totp secrets'), iv).setAAD(ownerOf(user));
    const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url');
  }

  /** Decrypts a secret. @throws Error when another key or another user's row encrypted the secret */
  open(sealed: string, user: MfaUser): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#key('souk totp secrets'), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(ownerOf(user));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  /**
   * Signs a challenge for a user. The token contains the user's id, so the server stores nothing.
   * @param passwordHash the hash of the present password. A changed password invalidates the challenge
   */
  challenge(user: MfaUser, passwordHash: string, now: Date): { readonly token: string; readonly expiresAt: Date } {
    const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
    const time = Buffer.alloc(TIME_BYTES);
    time.writeUIntBE(expiresAt.getTime(), 0, TIME_BYTES);
    const body = Buffer.concat([ownerOf(user), time]);
    return { token: Buffer.concat([body, this.#tagOf(body, passwordHash)]).toString('base64url'), expiresAt };
  }

  /** The user whom a challenge names. The signature is not checked yet. Null when the token has another length or has expired. */
  read(token: string, now: Date): Challenge | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== BODY_BYTES + TAG_OF_CHALLENGE_BYTES) return null;
    const expiresAt = new Date(bytes.readUIntBE(2 * UUID_BYTES, TIME_BYTES));
    if (expiresAt <= now) return null;
    return { tenantId: uuidAt(bytes, 0), userId: uuidAt(bytes, UUID_BYTES), expiresAt };
  }

  /** Whether this key signed the challenge, and the password has not changed since then. */
  isSigned(token: string, passwordHash: string): boolean {
    const bytes = Buffer.from(token, 'base64url');
    const tag = bytes.subarray(BODY_BYTES);
    return (
      tag.length === TAG_OF_CHALLENGE_BYTES &&
      timingSafeEqual(tag, this.#tagOf(bytes.subarray(0, BODY_BYTES), passwordHash))
    );
  }

  #tagOf(body: Buffer, passwordHash: string): Buffer {
    return createHmac('sha256', this.#key('souk login challenges')).update(body).update(passwordHash).digest();
  }

  #key(purpose: string): Buffer {
    if (this.#secret === undefined)
      throw new TypeError('This process has no MFA secret. Set MFA_SECRET_FILE, or log in at a server of accounts');
    return Buffer.from(hkdfSync('sha256', this.#secret, '', purpose, 32));
  }
}

function ownerOf({ tenantId, userId }: MfaUser): Buffer {
  return Buffer.from(`${tenantId}${userId}`.replaceAll('-', ''), 'hex');
}

function uuidAt(bytes: Buffer, start: number): string {
  const hex = bytes.subarray(start, start + UUID_BYTES).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
