import { hash } from 'node:crypto';
import type { SharedRedis } from '../redis/shared-redis.ts';
import type { ResponseStore, StoredResponse } from './response-store.ts';
import { INVALIDATE, KEEP, READ_EPOCH } from './response-store-scripts.ts';

const EPOCH = 'souk:responses:epoch';
/** Remembers an invalidation for longer than any response lives. */
const TAG_SECONDS = 7 * 24 * 60 * 60;
const LONGEST_SECONDS = 24 * 60 * 60;

/**
 * Keeps responses in Redis, for several gateways together. While Redis is away nothing is kept, and what is invalidated is
 * remembered here: Redis gets it before anything is read from it again.
 */
export class RedisResponseStore implements ResponseStore {
  readonly #redis: SharedRedis;
  /**
   * What Redis was not told of yet, and by which invalidation it came: no more than there are tenants times cached types. A tag
   * stays until Redis has it, so that nobody reads meanwhile.
   */
  readonly #missed = new Map<string, number>();
  #invalidations = 0;
  #telling: Promise<boolean> | null = null;

  constructor(redis: SharedRedis) {
    this.#redis = redis;
  }

  async get(key: string): Promise<StoredResponse | null> {
    if (!(await this.#isCurrent())) return null;
    const text = await this.#redis.ask((redis) => redis.get(responseKey(key)));
    if (!text.ok || text.value === null) return null;
    const response = parsed(text.value);
    if (response.tags.length === 0) return response;
    const epochs = await this.#redis.ask((redis) => redis.mget(response.tags.map(tagKey)));
    // A tag that is not there was lost, and maybe an invalidation with it.
    const isKnown = epochs.ok && epochs.value.every((epoch) => epoch !== null && Number(epoch) <= response.epoch);
    return isKnown ? response : null;
  }

  async set(key: string, response: StoredResponse): Promise<void> {
    const seconds = Math.min(response.maxAgeSeconds, LONGEST_SECONDS);
    const keys = [EPOCH, responseKey(key), ...response.tags.map(tagKey)];
    await this.#redis.ask((redis) => KEEP.run(redis, keys, [JSON.stringify(response), seconds, TAG_SECONDS]));
  }

  async epoch(): Promise<number | null> {
    if (!(await this.#isCurrent())) return null;
    const epoch = await this.#redis.ask((redis) => READ_EPOCH.run(redis, [EPOCH], []));
    return epoch.ok ? Number(epoch.value) : null;
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    this.#invalidations += 1;
    for (const tag of tags) this.#missed.set(tag, this.#invalidations);
    await this.#tellMissed();
  }

  /** Whether Redis knows of all that was invalidated. */
  async #isCurrent(): Promise<boolean> {
    return this.#missed.size === 0 || (this.#telling ?? this.#tellMissed());
  }

  async #tellMissed(): Promise<boolean> {
    const telling = this.#tell([...this.#missed]);
    this.#telling = telling;
    const isTold = await telling;
    if (this.#telling === telling) this.#telling = null;
    return isTold;
  }

  async #tell(missed: readonly (readonly [tag: string, invalidation: number])[]): Promise<boolean> {
    const keys = [EPOCH, ...missed.map(([tag]) => tagKey(tag))];
    const told = await this.#redis.ask((redis) => INVALIDATE.run(redis, keys, [TAG_SECONDS]));
    if (!told.ok) return false;
    for (const [tag, invalidation] of missed) if (this.#missed.get(tag) === invalidation) this.#missed.delete(tag);
    return this.#missed.size === 0;
  }
}

function responseKey(key: string): string {
  return `souk:responses:of:${hash('sha256', key, 'base64url')}`;
}

function tagKey(tag: string): string {
  return `souk:responses:tag:${tag}`;
}

/** Written by `set` alone. */
function parsed(text: string): StoredResponse {
  return JSON.parse(text) as StoredResponse;
}
