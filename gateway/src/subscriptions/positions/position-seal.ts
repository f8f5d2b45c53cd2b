import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { readPosition, type FeedPosition } from '@souk/kit/messaging';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Longer texts are none of ours. */
const LONGEST = 200;

/**
 * Makes positions opaque: a subgraph's counts the events of all tenants, which is nobody's business, and one that a client made up
 * could not be told from one that it was given. The same position gives the same text, so that equal ones can be recognized; that is
 * why the nonce is made of the position, and no two positions share one (but for chance, 1 in 2^96).
 */
export class PositionSeal {
  readonly #key: Buffer;
  readonly #nonceKey: Buffer;

  /** @param secret 32 bytes or more; the same in all gateways between which a client may change. */
  constructor(secret: Uint8Array) {
    this.#key = derived(secret, 'position');
    this.#nonceKey = derived(secret, 'position nonce');
  }

  /** For clients: letters, digits, `-` and `_`. */
  seal(service: string, position: string): string {
    const nonce = createHmac('sha256', this.#nonceKey)
      .update(`${service}\n${position}`)
      .digest()
      .subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(service));
    const sealed = Buffer.concat([nonce, cipher.update(position, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64url');
  }

  /** Null for what was not sealed with this key, for the same subgraph. */
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

/** RFC 5869: one secret may serve several purposes. */
function derived(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `souk ${purpose}`, 32));
}
