import { hash } from 'node:crypto';
import { RedisScript } from '../redis/redis-script.ts';
import type { SharedRedis } from '../redis/shared-redis.ts';
import { AutomaticOperationsInMemory, type AutomaticOperations } from './automatic-operations.ts';

/** Texts by their hashes, and the hashes by when they were used last. */
const KEYS = ['souk:operations:texts', 'souk:operations:used'];
const KEPT_SECONDS = 7 * 24 * 60 * 60;

/** How much strangers may put into Redis. */
export interface RedisOperationLimits {
  readonly texts: number;
  /** A longer text is remembered by its gateway alone. */
  readonly charactersOfOne: number;
}

const LIMITS: RedisOperationLimits = { texts: 5000, charactersOfOne: 16 * 1024 };

/** ARGV: a hash, how long all is kept (s). Returns the text, or null. */
const GET = new RedisScript(`
local text = redis.call('HGET', KEYS[1], ARGV[1])
if text then
  redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[2])
end
return text
`);

/** ARGV: a hash, how long all is kept (s), the text, how many are kept: those that were not used for longest go. */
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

/** Shared by gateways: what a client has told one of them it need not tell the next. Each remembers what it has seen itself. */
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
    // Whoever may write to Redis must not choose what others run.
    if (!found.ok || typeof found.value !== 'string' || hash('sha256', found.value) !== sha256) return null;
    this.#memory.set(sha256, found.value);
    return found.value;
  }
}
