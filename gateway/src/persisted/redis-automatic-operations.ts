import { hash } from 'node:crypto';
import { RedisScript } from '../redis/redis-script.ts';
import type { SharedRedis } from '../redis/shared-redis.ts';
import { AutomaticOperationsInMemory, type AutomaticOperations } from './automatic-operations.ts';

/** The Redis keys: a hash of texts by their SHA-256, and a sorted set of the SHA-256 values by the time of their last use. */
const KEYS = ['souk:operations:texts', 'souk:operations:used'];
const KEPT_SECONDS = 7 * 24 * 60 * 60;

/** Limits of the operation texts that clients may put into Redis. */
export interface RedisOperationLimits {
  readonly texts: number;
  /**
   * The maximum size of one operation text in Redis, in characters. A longer text is stored only in the memory of the
   * gateway that received it.
   */
  readonly charactersOfOne: number;
}

const LIMITS: RedisOperationLimits = { texts: 5000, charactersOfOne: 16 * 1024 };

/**
 * Finds the text of an operation. KEYS: see `KEYS`. ARGV: the SHA-256 of the text, the lifetime of the Redis keys in
 * seconds. Returns the text, or null.
 */
const GET = new RedisScript(`
local text = redis.call('HGET', KEYS[1], ARGV[1])
if text then
  redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[2])
end
return text
`);

/**
 * Stores the text of an operation, and evicts the least recently used texts. KEYS: see `KEYS`. ARGV: the SHA-256 of the
 * text, the lifetime of the Redis keys in seconds, the text, the maximum number of texts.
 */
const SET = new RedisScript(`
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[1])
local tooMany = redis.call('ZCARD', KEYS[2]) - ARGV[4]
if tooMany > 0 then
  for _, oldest in ipairs(redis.call('ZRANGE', KEYS[2], 0, tooMany - 1)) do
    redis.call('HDEL', KEYS[1], oldest)
    redis.call('ZREM', KEYS[2], oldest)
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return true
`);

/**
 * Stores operation texts in Redis, so a text that one gateway received is known to all gateways. Each gateway also
 * caches the texts in its memory.
 */
export class RedisAutomaticOperations implements AutomaticOperations {
  readonly #redis: SharedRedis;
  readonly #limits: RedisOperationLimits;
  readonly #memory = new AutomaticOperationsInMemory();

  constructor(redis: SharedRedis, limits: RedisOperationLimits = LIMITS) {
    this.#redis = redis;
    this.#limits = limits;
  }

  get(sha256: string): string | null | Promise<string | null> {
    return this.#memory.get(sha256) ?? this.#getShared(sha256);
  }

  async set(sha256: string, text: string): Promise<void> {
    if (this.#memory.get(sha256) !== null) return;
    this.#memory.set(sha256, text);
    const { texts, charactersOfOne } = this.#limits;
    if (text.length > charactersOfOne) return;
    await this.#redis.ask((redis) => SET.run(redis, KEYS, [sha256, KEPT_SECONDS, text, texts]));
  }

  async #getShared(sha256: string): Promise<string | null> {
    const found = await this.#redis.ask((redis) => GET.run(redis, KEYS, [sha256, KEPT_SECONDS]));
    // The hash is checked, because a program that can write to Redis must not choose the operations of clients.
    if (!found.ok || typeof found.value !== 'string' || hash('sha256', found.value) !== sha256) return null;
    this.#memory.set(sha256, found.value);
    return found.value;
  }
}
