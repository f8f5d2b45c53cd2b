import type { RequestContext } from '@souk/kit/context';
import type { FastifyBaseLogger } from 'fastify';

/**
 * Retries of queries whose connection failed. A mutation is retried only when the subgraph has refused it before
 * running it.
 */
export interface RetryOptions {
  /** The maximum number of retries of one query. With 0 there are no retries. */
  readonly attempts: number;
  /** The average pause before the first retry, in milliseconds. The pauses grow up to `maxDelayMs`, with jitter. */
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  /** The maximum share of retries in all requests, from 0 to 1. Ten additional retries are available at the start. */
  readonly budget: number;
}

/** Options of the circuit breaker of a subgraph. */
export interface BreakerOptions {
  /**
   * The number of consecutive failures that opens the breaker. A GraphQL response with errors is not a failure, because
   * the subgraph has responded.
   */
  readonly failures: number;
  /**
   * How long the open breaker fails requests immediately, in milliseconds. Then one request is sent as a trial. The
   * other requests wait for its outcome.
   */
  readonly openMs: number;
}

/** Options of subscriptions to a subgraph over graphql-transport-ws. */
export interface RemoteSocketOptions {
  /**
   * The URL of the socket. A function is called for each new connection.
   * @default the subgraph's URL with `ws:` or `wss:`
   */
  readonly url?: string | (() => string);
  /**
   * Where the gateway sends the caller's headers. With `connection` they are in the upgrade request and in
   * `connection_init`, where most servers read them, so callers with different headers have different sockets. With
   * `operation` they are in `extensions.headers` of each `subscribe` message, and all callers share one socket.
   * `operation` requires a subgraph that ignores the headers of the connection.
   * @default `connection`
   */
  readonly authority?: 'connection' | 'operation';
  /**
   * Returns the payload of a `ping` that proves to the subgraph that this gateway still holds the socket. When the subgraph's
   * `connection_ack` has a `nonce`, the gateway sends the ping immediately and every 20 s.
   * @default no pings
   */
  readonly renewal?: ((nonce: string) => Readonly<Record<string, string>>) | null;
  /**
   * Called when the connected process refuses a signed context. Such a refusal concerns the process, not the
   * subscription.
   * @returns whether to leave that process. The socket then calls `url` again, and every subscription continues at the
   * new URL.
   * @default the subscription ends with the refusal
   */
  readonly leavesRefusing?: (refusals: number) => boolean;
  /**
   * The gateway sends a ping when no message has arrived for this time, in milliseconds. It closes the socket when no pong arrives within
   * the same time.
   * @default 10_000
   */
  readonly pingMs?: number;
  /**
   * The number of attempts to reconnect before the subscriptions end.
   * @default 8, which take about a minute
   */
  readonly attempts?: number;
  /**
   * The pauses between the attempts, in milliseconds. Each pause is twice as long as the pause before, up to the longest pause, with
   * jitter.
   * @default 200 and 15_000
   */
  readonly initialDelayMs?: number;
  readonly maxDelayMs?: number;
}

/** Options of a subgraph that is called over HTTP. */
export interface RemoteSubgraphOptions {
  readonly name: string;
  /** The URL, with `http:` or `https:`. */
  readonly url: string;
  readonly logger: FastifyBaseLogger;
  /**
   * Headers that are sent in addition to the content headers.
   * @default forwarded headers, the trace and the request's ids
   */
  readonly headersOf?: (context: RequestContext) => Readonly<Record<string, string>>;
  /**
   * A key that is equal for callers who get equal answers from the subgraph. The key must contain everything that `headersOf` sends and
   * that can change an answer.
   * @default tenant, actor with role and scopes, language, forwarded headers
   */
  readonly callerKeyOf?: (context: RequestContext) => string;
  /**
   * Whether equal queries that run at the same time are sent once.
   * @default true
   */
  readonly shareQueries?: boolean;
  /**
   * The maximum number of connections. Further requests wait for a free connection.
   * @default 128
   */
  readonly connections?: number;
  /**
   * Deadline for opening a connection, in milliseconds.
   * @default 2_000
   */
  readonly connectTimeoutMs?: number;
  /**
   * Deadline of one full exchange, in milliseconds.
   * @default 30_000
   */
  readonly timeoutMs?: number;
  /**
   * The maximum size of one response.
   * @default 64 MiB
   */
  readonly maxAnswerBytes?: number;
  /**
   * Retries of queries.
   * @default 2 attempts, 50 ms to 500 ms, a tenth of the requests
   */
  readonly retries?: Partial<RetryOptions>;
  /**
   * The circuit breaker. With null the subgraph has no circuit breaker.
   * @default 5 failures, 5 s
   */
  readonly breaker?: Partial<BreakerOptions> | null;
  readonly sockets?: RemoteSocketOptions;
  /**
   * Called for each response with `Connection: close`, by which a process announces that it will stop.
   * @default no call
   */
  readonly onLeaving?: () => void;
}

export const DEFAULT_RETRIES: RetryOptions = { attempts: 2, initialDelayMs: 50, maxDelayMs: 500, budget: 0.1 };
export const DEFAULT_BREAKER: BreakerOptions = { failures: 5, openMs: 5000 };
