import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { readPosition, type FeedPosition } from '@souk/kit/messaging';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The maximum length of a sealed position. A longer text cannot be genuine. */
const LONGEST = 200;

/**
 * Encrypts and authenticates positions. Clients must not read a subgraph's sequence numbers, because sequence numbers
 * count the events of all tenants. Clients must also not be able to forge a position. Equal positions have equal texts,
 * so shared streams can compare them. For this purpose the nonce is derived from the position. Two different positions
 * have the same nonce with a probability of 1 in 2^96.
 */
export class PositionSeal {
  readonly #key: Buffer;
  readonly #nonceKey: Buffer;

  /** @param secret the secret of at least 32 bytes, the same in all gateways that a client may reach */
  constructor(secret: Uint8Array) {
    this.#key = derived(secret, 'position');
    this.#nonceKey = derived(secret, 'position nonce');
  }

  /**
   * Encrypts a position for clients.
   * @returns letters, digits, `-` and `_`
   */
  seal(service: string, position: string): string {
    const nonce = createHmac('sha256', this.#nonceKey)
      .update(`${service}\n${position}`)
      .digest()
      .subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(service));
    const sealed = Buffer.concat([nonce, cipher.update(position, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64url');
  }

  /**
   * Decrypts a position.
   * @returns null for a text that was not sealed with this key for the same subgraph
   */
  open(service: string, text: string): FeedPosition | null {
    const bytes = text.length > LONGEST ? Buffer.alloc(0) : Buffer.from(text, 'base64url');
    if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(service))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      const position = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return readPosition(Buffer.concat([position, decipher.final()]).toString());
    } catch {
      return null;
    }
  }
}

/** Derives a key for one purpose (RFC 5869), so that one secret serves several purposes. */
function derived(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `souk ${purpose}`, 32));
}
