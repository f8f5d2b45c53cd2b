import { setTimeout as after } from 'node:timers/promises';
import { err, ok, type Result } from '@souk/kit/domain';
import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';
import { withPatience } from './patience.ts';
import { isReadOnly, isRefusal, reasonOf } from './redis-failure.ts';
import { RedisScript } from './redis-script.ts';

/** The URL and the credentials of Redis. */
export interface RedisServer {
  /** `redis://` or, with TLS, `rediss://`. The URL may contain a user, a password and a database number. */
  readonly url: string;
  /** The password, when it is not in `url`. */
  readonly password?: string | null;
  /**
   * The certificates (PEM) of the authority that signed Redis' certificate, for a connection with TLS.
   * @default the authorities that Node trusts
   */
  readonly ca?: string | null;
}

export interface SharedRedisOptions extends RedisServer {
  readonly logger: FastifyBaseLogger;
  /**
   * How long a caller waits for the reply to a command before it uses its fallback, in milliseconds.
   * @default 50
   */
  readonly patienceMs?: number;
}

/** The default of `patienceMs`. A slow Redis must not delay requests, so every use of Redis has a fallback. */
const PATIENCE_MS = 50;
const PROBE_EVERY_MS = 500;
const LONGEST_PAUSE_MS = 1000;
const CONNECT_WITHIN_MS = 2000;
/**
 * How long Redis may send nothing while replies are missing, in milliseconds. After that the connection counts as broken, and is opened
 * again.
 */
const SILENT_MS = 5000;

/** The probe that checks Redis. The probe writes, because read-only replicas and full servers also answer PING. */
const PROBE = new RedisScript("return redis.call('SET', KEYS[1], '1', 'PX', 10000)");

const CLOSED = 'the connection was closed';

type State = 'AWAY' | 'DOUBTFUL' | 'UP';

/**
 * A gateway's only connection to Redis. Requests do not wait for a Redis that is down. After the first command without
 * a reply, no commands are sent until a probe succeeds. Each outage is logged once when it begins and once when it
 * ends.
 */
export class SharedRedis {
  readonly #redis: Redis;
  readonly #logger: FastifyBaseLogger;
  readonly #patienceMs: number;
  readonly #onUp: (() => void)[] = [];
  readonly #settled = Promise.withResolvers<void>();
  #state: State = 'AWAY';
  #isAwayLogged = false;
  #isProbing = false;
  #isClosed = false;
  /** The reason of the connection's last error. */
  #reason = CLOSED;
  #unanswered = 0;

  constructor({ logger, patienceMs = PATIENCE_MS, ...server }: SharedRedisOptions) {
    this.#logger = logger.child({ redis: new URL(server.url).host });
    this.#patienceMs = patienceMs;
    // The URL is normalized, because ioredis does not use TLS for `REDISS:` in upper case.
    this.#redis = new Redis(new URL(server.url).href, {
      ...accessTo(server),
      enableOfflineQueue: false,
      // When a connection breaks, the callers of its unanswered commands use their fallbacks. A command that is sent
      // again would run too late.
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

  /** Whether commands are sent to Redis at present. */
  get isUp(): boolean {
    return this.#state === 'UP';
  }

  /** The number of commands without a reply while Redis counted as up. A high number shows that Redis is too slow. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Resolves when the first probe has succeeded or failed. */
  settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Calls the listener each time that Redis is up again. Redis may have lost its data. */
  onUp(listener: () => void): void {
    this.#onUp.push(listener);
  }

  /**
   * The reply to a command, or `AWAY`. While Redis is down the result is immediate, otherwise it comes after at most `patienceMs`. Never
   * throws.
   */
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
      this.#logger.error({ reason: reasonOf(error) }, 'Redis refused a command, the request continued without it');
      return;
    }
    this.#unanswered += 1;
    if (this.#state === 'UP') this.#state = 'DOUBTFUL';
    void this.#probe();
  }

  /** Probes until a probe succeeds or the connection breaks. The next connection probes again. */
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
    if (this.#isAwayLogged) this.#logger.info('Redis is available again, it is used from now on');
    this.#isAwayLogged = false;
    this.#reason = CLOSED;
    this.#settled.resolve();
    if (wasAway) for (const listener of this.#onUp) listener();
  }

  #away(reason: string): void {
    this.#state = 'AWAY';
    if (this.#isClosed) return;
    if (!this.#isAwayLogged) {
      this.#logger.warn(
        { reason },
        'Redis is away: until it is back, limits are counted in memory (server of REDIS_URL) or answers are not kept (server of REDIS_CACHE_URL)',
      );
    }
    this.#isAwayLogged = true;
    this.#settled.resolve();
  }

  /**
   * Stores the reason of a failed connection. The `close` event that follows logs the outage, but only if there was a
   * connection before. Without an earlier connection, this method logs the outage.
   */
  #noteError(reason: string): void {
    this.#reason = reason;
    if (this.#state === 'AWAY') this.#away(reason);
  }
}

function accessTo({ password = null, ca = null }: RedisServer) {
  return { ...(password !== null && { password }), ...(ca !== null && { tls: { ca } }) };
}
