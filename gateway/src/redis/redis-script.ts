import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script, which Redis runs atomically. Its text is sent once. Later calls send only its hash. */
export class RedisScript {
  readonly #lua: string;
  readonly #sha1: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#sha1 = hash('sha1', lua);
  }

  /** The script's result: strings, whole numbers, null, and lists of such values. */
  async run(redis: Redis, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis.evalsha(this.#sha1, keys.length, ...keys, ...values);
    } catch (error) {
      // Redis forgets scripts when it restarts, so the text is sent again.
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(this.#lua, keys.length, ...keys, ...values);
    }
  }
}
