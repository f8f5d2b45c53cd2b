import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const MAC_CHARACTERS = 43; // 32 bytes in base64url (RFC 4648, section 5)

/** Signs stored responses with HMAC-SHA256 (RFC 2104), so a writer without the secret cannot change the answers that shoppers receive. */
export class ResponseSignature {
  readonly #nameKey: Buffer;
  readonly #textKey: Buffer;

  /** @param secret the secret of at least 32 bytes, the same in all gateways that share a store */
  constructor(secret: Uint8Array) {
    this.#nameKey = derived(secret, 'cached response name');
    this.#textKey = derived(secret, 'cached response text');
  }

  /** The name of a response in the store. The name depends on the secret, so gateways with different secrets never share a response. */
  nameOf(key: string): string {
    return createHmac('sha256', this.#nameKey).update(key).digest('base64url');
  }

  /**
   * Returns the text to store, which begins with the signature. The signature also covers the name, so a response that
   * is moved to another name is invalid.
   */
  sign(name: string, text: string): string {
    return this.#macOf(name, text) + text;
  }

  /** @returns the text that `sign` received, or null when the signature is wrong */
  verified(name: string, signed: string): string | null {
    const text = signed.slice(MAC_CHARACTERS);
    const given = Buffer.from(signed.slice(0, MAC_CHARACTERS));
    const right = Buffer.from(this.#macOf(name, text));
    return given.length === right.length && timingSafeEqual(given, right) ? text : null;
  }

  #macOf(name: string, text: string): string {
    return createHmac('sha256', this.#textKey).update(name).update('\0').update(text).digest('base64url');
  }
}

/** Derives a key for one purpose from the secret, with HKDF (RFC 5869). */
function derived(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `souk ${purpose}`, 32));
}
