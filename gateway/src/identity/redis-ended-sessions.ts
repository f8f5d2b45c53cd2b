import { systemClock, type Clock } from '@souk/kit/domain';
import { RedisScript } from '../redis/redis-script.ts';
import type { SharedRedis } from '../redis/shared-redis.ts';
import { REMEMBERED_MS, type EndedSessions } from './ended-sessions.ts';
import { MemoryEndedSessions } from './memory-ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** A sorted set of ended sessions. The score is the expiry of the entry (Unix time in milliseconds). */
const KEY = 'souk:sessions:ended';
const SYNC_EVERY_MS = 30_000;

/** The maximum difference between the clocks of gateways, in milliseconds. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** The maximum number of stored sessions. When it is exceeded, the entries with the earliest expiry are dropped. */
const MOST_SESSIONS = 200_000;

/**
 * Lua that stores ended sessions. KEYS: the set. ARGV: the present time, the expiry of the set, the latest plausible score, the maximum
 * number of sessions, then a score and an id per session. The script removes expired and implausible entries, adds missing entries, and
 * raises scores that are too low.
 */
const STORE_LUA = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. ARGV[3], '+inf')
for i = 5, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], 'GT', ARGV[i], ARGV[i + 1])
end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
`;
const STORE = new RedisScript(`${STORE_LUA} return {}`);
/** Stores sessions, and returns all entries: each id, followed by its score. */
const EXCHANGE = new RedisScript(`${STORE_LUA} return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')`);

/**
 * Ended sessions that several gateways share. Each gateway reads only its own memory, and receives new ends of sessions as events. A
 * gateway that starts later loads the earlier ends from Redis. Entries that Redis lost or missed are stored again when Redis returns, and
 * every 30 seconds.
 */
export class RedisEndedSessions implements EndedSessions {
  readonly #redis: SharedRedis;
  readonly #clock: Clock;
  readonly #memory: MemoryEndedSessions;
  readonly #timer: NodeJS.Timeout;

  /** Starts a timer. Call `stop()` at the end. */
  constructor(redis: SharedRedis, clock: Clock = systemClock) {
    this.#redis = redis;
    this.#clock = clock;
    this.#memory = new MemoryEndedSessions(clock);
    redis.onUp(() => void this.sync());
    this.#timer = setInterval(() => void this.sync(), SYNC_EVERY_MS).unref();
  }

  isRevoked(token: TokenClaims): boolean {
    return this.#memory.isRevoked(token);
  }

  async end(sessionIds: readonly string[]): Promise<void> {
    await this.#memory.end(sessionIds);
    await this.#run(
      STORE,
      sessionIds.map((id) => [id, this.#memory.untilMs(id)]),
    );
  }

  recall(sessions: Iterable<readonly [id: string, endedAt: Date]>): void {
    this.#memory.recall(sessions);
  }

  /** Resolves when the sessions that ended before this gateway's start are loaded, or when Redis does not answer. */
  async ready(): Promise<void> {
    await this.#redis.settled();
    await this.sync();
  }

  /** Loads the entries of other gateways, and stores the entries that only this gateway has. */
  sync(): Promise<void> {
    return this.#run(EXCHANGE, [...this.#memory.remembered()]);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #run(script: RedisScript, sessions: readonly (readonly [id: string, untilMs: number])[]): Promise<void> {
    const nowMs = this.#clock.now().getTime();
    const expiresMs = nowMs + REMEMBERED_MS;
    const bounds = [nowMs, expiresMs, expiresMs + CLOCK_SKEW_MS, MOST_SESSIONS];
    const values = [...bounds, ...sessions.flatMap(([id, untilMs]) => [untilMs, id])];
    const reply = await this.#redis.ask((redis) => script.run(redis, [KEY], values));
    if (reply.ok) this.#memory.remember(sessionsOf(reply.value));
  }
}

/** Reads sessions from a reply. @param all the reply of `EXCHANGE` */
function* sessionsOf(all: unknown): Generator<readonly [id: string, untilMs: number]> {
  const flat = all as readonly string[];
  for (let at = 0; at + 1 < flat.length; at += 2) yield [String(flat[at]), Number(flat[at + 1])];
}
