import { LRUCache } from 'lru-cache';

/** An answer that may be given to everybody of a tenant. */
export interface StoredResponse {
  readonly body: string;
  /** A weak one (RFC 9110, 8.8.3): what an answer says besides its data may differ. */
  readonly etag: string;
  /** A change of one of these ends it. */
  readonly tags: readonly string[];
  /** The store's epoch when the answer began to be made: what changed since may be missing in it. */
  readonly epoch: number;
  /** Unix time. */
  readonly storedAtMs: number;
  readonly maxAgeSeconds: number;
}

/** Where responses are kept. A failure of it must cost no answer: it answers null, or forgets. */
export interface ResponseStore {
  /** Null when there is none, or one of its tags was invalidated since its epoch. */
  get(key: string): Promise<StoredResponse | null>;
  set(key: string, response: StoredResponse): Promise<void>;
  /** Grows with every invalidation. Null while nothing can be kept. */
  epoch(): Promise<number | null>;
  /** Ends every response with one of the tags, also those that are being made now. */
  invalidate(tags: readonly string[]): Promise<void>;
}

/** How much one process keeps. */
export interface MemoryResponseStoreOptions {
  /** Default: 64 MiB. */
  readonly maxBytes?: number;
}

const DEFAULT_BYTES = 64 * 1024 * 1024;
/** A JavaScript string takes up to two bytes a sign. */
const BYTES_PER_CHARACTER = 2;

/** Keeps responses in this process; those that were not asked for longest go first. */
export class MemoryResponseStore implements ResponseStore {
  readonly #responses: LRUCache<string, StoredResponse>;
  /** By tag, the epoch that its last invalidation began. There are as many as tenants times cached types. */
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
