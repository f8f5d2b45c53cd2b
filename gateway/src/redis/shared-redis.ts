import { setTimeout as after } from 'node:timers/promises';
import { err, ok, type Result } from '@souk/kit/domain';
import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';
import { withPatience } from './patience.ts';
import { isReadOnly, isRefusal, reasonOf } from './redis-failure.ts';
import { RedisScript } from './redis-script.ts';

/** Where Redis is, and how to get in. */
export interface RedisServer {
  /** `redis://` or, with TLS, `rediss://`; a user, a password and the number of a database may be in it. */
  readonly url: string;
  /** Where it is not in `url`. */
  readonly password?: string | null;
  /** With TLS, the certificates (PEM) of who signed that of Redis. Default: those that Node trusts. */
  readonly ca?: string | null;
}

export interface SharedRedisOptions extends RedisServer {
  readonly logger: FastifyBaseLogger;
  /** How long a command may take before the caller goes on without its answer. Default: 50. */
  readonly patienceMs?: number;
}

/** Nobody may notice that Redis is slow: all it does for a request can be done without it. */
const PATIENCE_MS = 50;
const PROBE_EVERY_MS = 500;
const LONGEST_PAUSE_MS = 1000;
const CONNECT_WITHIN_MS = 2000;
/** A connection of which nothing comes for so long, although something was asked, is opened anew: the peer may be gone. */
const SILENT_MS = 5000;

/** What Redis is for has to work, not only its connection: a replica answers PING too, and so does one that is full. */
const PROBE = new RedisScript("return redis.call('SET', KEYS[1], '1', 'PX', 10000)");

const CLOSED = 'the connection was closed';

type State = 'AWAY' | 'DOUBTFUL' | 'UP';

/**
 * The one connection of a gateway to Redis, for all that it shares with others. While Redis is away nothing waits for it: a first
 * command that gets no answer makes it doubtful, then it is not asked until a probe succeeds. Each change is logged once.
 */
export class SharedRedis {
  readonly #redis: Redis;
  readonly #logger: FastifyBaseLogger;
  readonly #patienceMs: number;
  readonly #onUp: (() => void)[] = [];
  readonly #settled = Promise.withResolvers<void>();
  #state: State = 'AWAY';
  #isToldAway = false;
  #isProbing = false;
  #isClosed = false;
  /** Of the connection's last error. */
  #reason = CLOSED;
  #unanswered = 0;

  constructor({ logger, patienceMs = PATIENCE_MS, ...server }: SharedRedisOptions) {
    this.#logger = logger.child({ redis: new URL(server.url).host });
    this.#patienceMs = patienceMs;
    // In the URL's normal form: ioredis takes `REDISS:` for no TLS.
    this.#redis = new Redis(new URL(server.url).href, {
      ...accessTo(server),
      enableOfflineQueue: false,
      // What was asked when the connection broke has been counted in memory meanwhile.
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: CONNECT_WITHIN_MS,
      socketTimeout: SILENT_MS,
      retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_PAUSE_MS),
      reconnectOnError: isReadOnly,
    });
    this.#redis.on('ready', () => void this.#probe());
    this.#redis.on('close', () => this.#away(this.#reason));
    this.#redis.on('error', (error) => this.#noteError(reasonOf(error)));
  }

  /** Whether it serves now. */
  get isUp(): boolean {
    return this.#state === 'UP';
  }

  /** How many commands it has not answered although it seemed to serve: many where it is too slow. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Resolves when it was found out for the first time whether it serves. */
  settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Calls the listener whenever Redis has come, or come back: it may have lost everything. */
  onUp(listener: () => void): void {
    this.#onUp.push(listener);
  }

  /** The answer to a command, or `AWAY`: at once while Redis is away, and after `patienceMs` at most. Never throws. */
  async ask<Answer>(command: (redis: Redis) => Promise<Answer>): Promise<Result<Answer, 'AWAY'>> {
    if (this.#state !== 'UP') return err('AWAY');
    try {
      return ok(await withPatience(command(this.#redis), this.#patienceMs));
    } catch (error) {
      this.#onFailure(error);
      return err('AWAY');
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#state = 'AWAY';
    this.#redis.disconnect();
  }

  #onFailure(error: unknown): void {
    if (isRefusal(error)) {
      this.#logger.error({ reason: reasonOf(error) }, 'Redis refused a command');
      return;
    }
    this.#unanswered += 1;
    if (this.#state === 'UP') this.#state = 'DOUBTFUL';
    void this.#probe();
  }

  /** Until it succeeds, or the connection is gone: then the next one probes. */
  async #probe(): Promise<void> {
    if (this.#isProbing) return;
    this.#isProbing = true;
    while (this.#redis.status === 'ready' && !(await this.#isServing())) {
      await after(PROBE_EVERY_MS, undefined, { ref: false });
    }
    this.#isProbing = false;
  }

  async #isServing(): Promise<boolean> {
    try {
      await withPatience(PROBE.run(this.#redis, ['souk:probe'], []), this.#patienceMs);
      this.#up();
      return true;
    } catch (error) {
      this.#away(reasonOf(error));
      return false;
    }
  }

  #up(): void {
    if (this.#isClosed) return;
    const wasAway = this.#state === 'AWAY';
    this.#state = 'UP';
    if (this.#isToldAway) this.#logger.info('Redis is there again');
    this.#isToldAway = false;
    this.#reason = CLOSED;
    this.#settled.resolve();
    if (wasAway) for (const listener of this.#onUp) listener();
  }

  #away(reason: string): void {
    this.#state = 'AWAY';
    if (this.#isClosed) return;
    if (!this.#isToldAway) {
      this.#logger.warn(
        { reason },
        'Redis is away: until it is back, limits are counted in memory (server of REDIS_URL) or answers are not kept (server of REDIS_CACHE_URL)',
      );
    }
    this.#isToldAway = true;
    this.#settled.resolve();
  }

  /** Of the connection: what follows it tells that Redis is away, unless there was none yet. */
  #noteError(reason: string): void {
    this.#reason = reason;
    if (this.#state === 'AWAY') this.#away(reason);
  }
}

function accessTo({ password = null, ca = null }: RedisServer) {
  return { ...(password !== null && { password }), ...(ca !== null && { tls: { ca } }) };
}
