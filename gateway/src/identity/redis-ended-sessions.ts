import { systemClock, type Clock } from '@souk/kit/domain';
import { RedisScript } from '../redis/redis-script.ts';
import type { SharedRedis } from '../redis/shared-redis.ts';
import { REMEMBERED_MS, type EndedSessions } from './ended-sessions.ts';
import { MemoryEndedSessions } from './memory-ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** A sorted set: each session by the time (Unix ms) until which it is remembered. */
const KEY = 'souk:sessions:ended';
const SYNC_EVERY_MS = 30_000;

/** Clocks of gateways differ by less than this, in ms. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** Sessions that end within the time that they are remembered. Entries beyond that number are dropped, those that expire first. */
const MOST_SESSIONS = 200_000;

/**
 * KEYS: the set. ARGV: the time, when the set expires, the latest plausible score, the largest number of sessions, then for each ended
 * session its score and its id. Removes expired and implausible entries and adds the missing ones.
 */
const TELL_LUA = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. ARGV[3], '+inf')
for i = 5, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], 'NX', ARGV[i], ARGV[i + 1])
end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
`;
const TELL = new RedisScript(`${TELL_LUA} return {}`);
/** Returns all there is besides: ids and times in turn. */
const EXCHANGE = new RedisScript(`${TELL_LUA} return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')`);

/**
 * Shared by gateways. Each answers from its own memory, and hears of ends by events at once; Redis tells those that start later. What
 * Redis lost or missed it gets again: when it is back, and every half a minute.
 */
export class RedisEndedSessions implements EndedSessions {
  readonly #redis: SharedRedis;
  readonly #clock: Clock;
  readonly #memory: MemoryEndedSessions;
  readonly #timer: NodeJS.Timeout;

  /** Stop it in the end. */
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
    const known = this.#memory.remembered();
    await this.#run(
      TELL,
      sessionIds.map((id) => [id, known.get(id) ?? 0]),
    );
  }

  recall(sessions: Iterable<readonly [id: string, endedAt: Date]>): void {
    this.#memory.recall(sessions);
  }

  /** Resolves when those are known that ended before this gateway started, or when Redis is away and cannot tell. */
  async ready(): Promise<void> {
    await this.#redis.settled();
    await this.sync();
  }

  /** Learns of what others know, and tells what only this gateway knows. */
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
    const told = await this.#redis.ask((redis) => script.run(redis, [KEY], values));
    if (told.ok) this.#memory.remember(sessionsOf(told.value));
  }
}

/** @param all as `EXCHANGE` gives them. */
function* sessionsOf(all: unknown): Generator<readonly [id: string, untilMs: number]> {
  const flat = all as readonly string[];
  for (let at = 0; at + 1 < flat.length; at += 2) yield [String(flat[at]), Number(flat[at + 1])];
}
