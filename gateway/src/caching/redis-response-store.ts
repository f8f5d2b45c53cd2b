import type { Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import type { ResponseStore, StoredResponse } from './response-store.ts';

const EPOCH = 'souk:responses:epoch';
/** Remembers an invalidation for longer than any response lives. */
const TAG_SECONDS = 7 * 24 * 60 * 60;
const LONGEST_SECONDS = 24 * 60 * 60;

/**
 * Keeps responses in Redis, for several gateways together. The client should fail at once while Redis is away
 * (`enableOfflineQueue: false`): then answers are made anew.
 */
export class RedisResponseStore implements ResponseStore {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async get(key: string): Promise<StoredResponse | null> {
    const text = await this.#redis.get(responseKey(key));
    if (text === null) return null;
    const response = parsed(text);
    if (response.tags.length === 0) return response;
    const invalidated = await this.#redis.mget(response.tags.map(tagKey));
    return invalidated.some((epoch) => Number(epoch ?? 0) > response.epoch) ? null : response;
  }

  async set(key: string, response: StoredResponse): Promise<void> {
    const seconds = Math.min(response.maxAgeSeconds, LONGEST_SECONDS);
    await this.#redis.set(responseKey(key), JSON.stringify(response), 'EX', seconds);
  }

  async epoch(): Promise<number> {
    return Number((await this.#redis.get(EPOCH)) ?? 0);
  }

  /** The epoch first: what is read after it has been raised is read from a database that has changed already. */
  async invalidate(tags: readonly string[]): Promise<void> {
    const epoch = await this.#redis.incr(EPOCH);
    await Promise.all(tags.map((tag) => this.#redis.set(tagKey(tag), epoch, 'EX', TAG_SECONDS)));
  }
}

function responseKey(key: string): string {
  return `souk:responses:of:${createHash('sha256').update(key).digest('base64url')}`;
}

function tagKey(tag: string): string {
  return `souk:responses:tag:${tag}`;
}

/** Written by `set` alone. */
function parsed(text: string): StoredResponse {
  return JSON.parse(text) as StoredResponse;
}
