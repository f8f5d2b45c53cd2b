import { LRUCache } from 'lru-cache';

/** An answer for all anonymous callers of a tenant. */
export interface StoredResponse {
  readonly body: string;
  /** A weak entity tag (RFC 9110, 8.8.3), because answers with equal data may differ in other members. */
  readonly etag: string;
  /** The tags of the response. The invalidation of any tag drops the response. */
  readonly tags: readonly string[];
  /** The store's epoch when the computation of the answer began. The answer may lack later changes. */
  readonly epoch: number;
  /** The time at which the answer was stored, as Unix time in milliseconds. */
  readonly storedAtMs: number;
  readonly maxAgeSeconds: number;
}

/** Stores responses. A failing store returns null or forgets responses, and never fails a request. */
export interface ResponseStore {
  /** The response for a key. Null when there is no response, or when one of its tags was invalidated after its epoch. */
  get(key: string): Promise<StoredResponse | null>;
  set(key: string, response: StoredResponse): Promise<void>;
  /** The present epoch, which increases with every invalidation. Null while the store cannot save responses. */
  epoch(): Promise<number | null>;
  /** Drops every response with one of the tags, including responses that are being computed now. */
  invalidate(tags: readonly string[]): Promise<void>;
}

/** Memory limits of a `MemoryResponseStore`. */
export interface MemoryResponseStoreOptions {
  /** @default 64 MiB */
  readonly maxBytes?: number;
}

const DEFAULT_BYTES = 64 * 1024 * 1024;
/** The maximum memory per character: a JavaScript string uses one or two bytes. */
const BYTES_PER_CHARACTER = 2;

/** Stores responses in this process. Evicts the least recently used responses. */
export class MemoryResponseStore implements ResponseStore {
  readonly #responses: LRUCache<string, StoredResponse>;
  /**
   * The epoch of each tag's last invalidation. The number of tags is at most the number of tenants times the number of
   * cached types.
   */
  readonly #invalidated = new Map<string, number>();
  #epoch = 0;

  constructor({ maxBytes = DEFAULT_BYTES }: MemoryResponseStoreOptions = {}) {
    this.#responses = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ body }, key) => (body.length + key.length) * BYTES_PER_CHARACTER,
    });
  }

  async get(key: string): Promise<StoredResponse | null> {
    const response = this.#responses.get(key);
    if (!response) return null;
    const outdated = response.tags.some((tag) => (this.#invalidated.get(tag) ?? 0) > response.epoch);
    if (outdated) this.#responses.delete(key);
    return outdated ? null : response;
  }

  async set(key: string, response: StoredResponse): Promise<void> {
    this.#responses.set(key, response, { ttl: response.maxAgeSeconds * 1000 });
  }

  async epoch(): Promise<number> {
    return this.#epoch;
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    this.#epoch += 1;
    for (const tag of tags) this.#invalidated.set(tag, this.#epoch);
  }
}
