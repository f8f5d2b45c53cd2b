import { systemClock, type Clock } from '@souk/kit/domain';
import type { SharedRedis } from '../redis/shared-redis.ts';
import type { ResponseStore, StoredResponse } from './response-store.ts';
import { ResponseSignature } from './response-signature.ts';
import { INVALIDATE, KEEP, READ_EPOCH } from './response-store-scripts.ts';

const EPOCH = 'souk:responses:epoch';
/**
 * How long Redis keeps the epoch of a tag's last invalidation, in seconds. Must be at least the lifetime of a response.
 * See `StoredResponse.epoch`.
 */
const TAG_SECONDS = 7 * 24 * 60 * 60;
const LONGEST_SECONDS = 24 * 60 * 60;

export interface RedisResponseStoreOptions {
  /** The secret that signs responses, at least 32 bytes. All gateways that share the Redis need the same secret. */
  readonly secret: Uint8Array;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/**
 * Stores responses in Redis for several gateways. Responses are signed, so a program that can write to Redis cannot change an answer. While
 * Redis is down, the store saves no responses and collects invalidations. It sends the invalidations to Redis before the next read.
 */
export class RedisResponseStore implements ResponseStore {
  readonly #redis: SharedRedis;
  readonly #signature: ResponseSignature;
  readonly #clock: Clock;
  /**
   * Invalidated tags that Redis has not received yet, each with a counter. The number of tags is at most the number of
   * tenants times the number of cached types. While the map has a tag, the store does not return responses, because any
   * of them may be stale.
   */
  readonly #missed = new Map<string, number>();
  #invalidations = 0;
  #sending: Promise<boolean> | null = null;

  constructor(redis: SharedRedis, { secret, clock = systemClock }: RedisResponseStoreOptions) {
    this.#redis = redis;
    this.#signature = new ResponseSignature(secret);
    this.#clock = clock;
  }

  async get(key: string): Promise<StoredResponse | null> {
    if (!(await this.#isCurrent())) return null;
    const name = this.#signature.nameOf(key);
    const signed = await this.#redis.ask((redis) => redis.get(responseKey(name)));
    if (!signed.ok || signed.value === null) return null;
    const response = this.#read(name, signed.value);
    if (this.#isOver(response)) return null;
    if (response.tags.length === 0) return response;
    const epochs = await this.#redis.ask((redis) => redis.mget(response.tags.map(tagKey)));
    // A missing tag means that Redis lost it, and may have lost an invalidation of the tag too.
    const isKnown = epochs.ok && epochs.value.every((epoch) => epoch !== null && Number(epoch) <= response.epoch);
    return isKnown ? response : null;
  }

  async set(key: string, response: StoredResponse): Promise<void> {
    const seconds = Math.min(response.maxAgeSeconds, LONGEST_SECONDS);
    const name = this.#signature.nameOf(key);
    const keys = [EPOCH, responseKey(name), ...response.tags.map(tagKey)];
    const signed = this.#signature.sign(name, JSON.stringify(response));
    await this.#redis.ask((redis) => KEEP.run(redis, keys, [signed, seconds, TAG_SECONDS]));
  }

  async epoch(): Promise<number | null> {
    if (!(await this.#isCurrent())) return null;
    const epoch = await this.#redis.ask((redis) => READ_EPOCH.run(redis, [EPOCH], []));
    return epoch.ok ? Number(epoch.value) : null;
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    this.#invalidations += 1;
    for (const tag of tags) this.#missed.set(tag, this.#invalidations);
    await this.#sendMissed();
  }

  /** @throws Error when the signature is wrong, because another program has written or changed the response */
  #read(name: string, signed: string): StoredResponse {
    const text = this.#signature.verified(name, signed);
    if (text === null) {
      throw new Error(
        `The cached response ${responseKey(name)} in Redis has a wrong signature and is not served. Find out which program writes to this Redis.`,
      );
    }
    return JSON.parse(text) as StoredResponse; // only `set` writes responses
  }

  /** Whether the response has expired. Redis expires responses itself, but another program could write an old response back. */
  #isOver({ storedAtMs, maxAgeSeconds }: StoredResponse): boolean {
    return this.#clock.now().getTime() > storedAtMs + maxAgeSeconds * 1000;
  }

  /** Whether Redis has received all invalidations. */
  async #isCurrent(): Promise<boolean> {
    return this.#missed.size === 0 || (this.#sending ?? this.#sendMissed());
  }

  async #sendMissed(): Promise<boolean> {
    const sending = this.#send([...this.#missed]);
    this.#sending = sending;
    const isSent = await sending;
    if (this.#sending === sending) this.#sending = null;
    return isSent;
  }

  async #send(missed: readonly (readonly [tag: string, invalidation: number])[]): Promise<boolean> {
    const keys = [EPOCH, ...missed.map(([tag]) => tagKey(tag))];
    const reply = await this.#redis.ask((redis) => INVALIDATE.run(redis, keys, [TAG_SECONDS]));
    if (!reply.ok) return false;
    for (const [tag, invalidation] of missed) if (this.#missed.get(tag) === invalidation) this.#missed.delete(tag);
    return this.#missed.size === 0;
  }
}

function responseKey(name: string): string {
  return `souk:responses:of:${name}`;
}

function tagKey(tag: string): string {
  return `souk:responses:tag:${tag}`;
}
