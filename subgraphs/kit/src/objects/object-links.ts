import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../domain/index.ts';
import { requireKey, type ObjectStore, type UploadRequest } from './object-store.ts';

/** The path under which a deployment serves objects: see `addObjectRoutes` of platform/http. */
export const OBJECTS_PATH = '/objects/';

/** The key of the object that contains the signing secret. All processes on one store share it, so they accept each other's links. */
const SECRET_KEY = 'system/link-secret';
const SECRET_BYTES = 32;

/** The options of a link for reading. */
export interface LinkOptions {
  /** @default the link never expires, and its content may be cached without a time limit */
  readonly expiresAt?: Date;
  /** The name under which a browser saves the object. @default the browser shows the object */
  readonly fileName?: string;
}

/** The query parameters of a link. */
export type LinkQuery = Readonly<Record<string, string | undefined>>;

/** The expiry and the file name of a link whose signature is valid. */
export interface VerifiedLink {
  /** Null for a link that never expires. */
  readonly expiresAt: Date | null;
  readonly fileName: string | null;
}

type LinkStore = Pick<ObjectStore, 'get' | 'head' | 'putNew'>;

/**
 * The key of an empty object that marks the uploads of `key` as ended. The marker has the same prefix as `key`, so both
 * objects are deleted together.
 */
const endedKey = (key: string) => `${requireKey(key)}.ended`;

/**
 * Links to objects, signed with HMAC-SHA256. The signature covers the key, the method and the expiry, so a client cannot change them. The
 * secret is stored in the object store itself, because a process that can read the store already has access to every object.
 */
export class ObjectLinks {
  readonly #store: LinkStore;
  readonly #clock: Clock;
  #secret: Promise<Buffer> | null = null;

  constructor(store: LinkStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Signs a link that reads the object. Returns its path and query. */
  async path(key: string, { expiresAt, fileName }: LinkOptions = {}): Promise<string> {
    const query = {
      ...(expiresAt && { expires: String(Math.floor(expiresAt.getTime() / 1000)) }),
      ...(fileName !== undefined && { name: fileName }),
    };
    return this.#signed('GET', requireKey(key), query);
  }

  /**
   * Signs a link that writes the object. Returns the path and the query of the link. The link can be used repeatedly
   * until it expires, or until `endUploads`.
   */
  async uploadPath({ key, size }: UploadRequest, expiresAt: Date): Promise<string> {
    const expires = String(Math.floor(expiresAt.getTime() / 1000));
    return this.#signed('PUT', requireKey(key), { expires, size: String(size) });
  }

  /** Ends all links that write the object, before they expire. */
  async endUploads(key: string): Promise<void> {
    await this.#store.putNew(endedKey(key), new Uint8Array());
  }

  /** Whether `endUploads` was called for the key. */
  async areUploadsEnded(key: string): Promise<boolean> {
    return (await this.#store.head(endedKey(key))) !== null;
  }

  /** Checks the signature and the expiry of a link. Null when the signature is wrong or the link has expired. */
  async verified(method: 'GET' | 'PUT', key: string, query: LinkQuery): Promise<VerifiedLink | null> {
    const { signature, ...signed } = query;
    if (signature === undefined) return null;
    const expected = Buffer.from(await this.#signature(method, key, signed));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const expiresAt = signed['expires'] === undefined ? null : new Date(Number(signed['expires']) * 1000);
    if (expiresAt !== null && expiresAt <= this.#clock.now()) return null;
    return { expiresAt, fileName: signed['name'] ?? null };
  }

  async #signed(method: string, key: string, query: Readonly<Record<string, string>>): Promise<string> {
    const signature = await this.#signature(method, key, query);
    return `${OBJECTS_PATH}${key}?${new URLSearchParams({ ...query, signature }).toString()}`;
  }

  async #signature(method: string, key: string, query: LinkQuery): Promise<string> {
    const names = Object.keys(query).toSorted();
    const text = JSON.stringify([method, key, names.map((name) => [name, query[name]])]);
    return createHmac('sha256', await this.#loaded())
      .update(text)
      .digest('base64url');
  }

  async #loaded(): Promise<Buffer> {
    this.#secret ??= readSecret(this.#store);
    try {
      return await this.#secret;
    } catch (error) {
      this.#secret = null; // the next link tries again
      throw error;
    }
  }
}

async function readSecret(store: LinkStore): Promise<Buffer> {
  const stored = await store.get(SECRET_KEY);
  if (stored) return await buffer(stored.body);
  await store.putNew(SECRET_KEY, randomBytes(SECRET_BYTES));
  // Another process may have stored its secret first, so the stored secret is read again.
  const kept = await store.get(SECRET_KEY);
  if (!kept)
    throw new Error(
      `The object store has no "${SECRET_KEY}" after it was written. Check whether another program deletes objects`,
    );
  return await buffer(kept.body);
}
