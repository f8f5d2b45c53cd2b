import type { RequestContext } from '@souk/kit/context';
import type { FastifyBaseLogger } from 'fastify';

/** How often a query that failed for want of a connection is asked again. Mutations never are. */
export interface RetryOptions {
  /** After the first try. 0: never. */
  readonly attempts: number;
  /** The first pause, on average; each is longer than the one before, with jitter. */
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  /** Retries as a share of all requests, 0 to 1, beyond the first ten. */
  readonly budget: number;
}

/** When a subgraph that does not answer is left alone. */
export interface BreakerOptions {
  /** So many failures in a row open it. Answers with errors are no failures: the subgraph is there. */
  readonly failures: number;
  /** Then nothing is asked for so long; after that one request tries, and the others wait for how it ends. */
  readonly openMs: number;
}

/** Subscriptions to a subgraph, over graphql-transport-ws. */
export interface RemoteSocketOptions {
  /** Asked again for each connection, where it is a function. Default: the subgraph's URL with `ws:` or `wss:`. */
  readonly url?: string | (() => string);
  /**
   * Where the caller's headers go. `connection`: into `connection_init` and the upgrade request, as servers commonly read them;
   * callers with other headers get a socket of their own. `operation`: into `extensions.headers` of each `subscribe`, so that
   * one socket serves all; only for a subgraph that reads them there, and nowhere else. Default: `connection`.
   */
  readonly authority?: 'connection' | 'operation';
  /**
   * The payload of a `ping` that proves to the subgraph that this gateway still holds the socket. Sent at once and every 20 s, where the
   * `connection_ack` of the subgraph has a `nonce`. @default the gateway renews nothing
   */
  readonly renewal?: ((nonce: string) => Readonly<Record<string, string>>) | null;
  /**
   * Called when the process at the other end refuses a signed context, which says nothing of the subscription.
   * @returns whether to leave that process: the socket then asks for its `url` again, and every subscription goes on there
   * @default the subscription ends with the refusal
   */
  readonly leavesRefusing?: (refusals: number) => boolean;
  /** A ping when nothing has come for so long; without an answer within the same time the socket is given up. Default 10 s. */
  readonly pingMs?: number;
  /** Attempts to connect again before subscriptions end. Default 8, which is about a minute. */
  readonly attempts?: number;
  /** The pauses between them: doubling from the first to the longest, with jitter. Default 200 ms and 15 s. */
  readonly initialDelayMs?: number;
  readonly maxDelayMs?: number;
}

/** A subgraph that is called over HTTP. */
export interface RemoteSubgraphOptions {
  readonly name: string;
  /** `http:` or `https:`. */
  readonly url: string;
  readonly logger: FastifyBaseLogger;
  /** What is sent with a request, beside its own headers. Default: forwarded headers, the trace, and the request's ids. */
  readonly headersOf?: (context: RequestContext) => Readonly<Record<string, string>>;
  /**
   * Equal for callers whom the subgraph answers the same. Whatever `headersOf` sends that can change an answer has to be in it.
   * Default: tenant, actor with role and scopes, language, forwarded headers.
   */
  readonly callerKeyOf?: (context: RequestContext) => string;
  /** Whether equal queries that come at the same time are asked once. Default: true. */
  readonly shareQueries?: boolean;
  /** Connections at most; who comes when all are busy waits. Default: 128. */
  readonly connections?: number;
  /** To open a connection. Default: 2 s. */
  readonly connectTimeoutMs?: number;
  /** For one whole exchange. Default: 30 s. */
  readonly timeoutMs?: number;
  /** Of one answer. Default: 64 MiB. */
  readonly maxAnswerBytes?: number;
  /** Default: 2 attempts, 50 ms to 500 ms, a tenth of the requests. */
  readonly retries?: Partial<RetryOptions>;
  /** Default: 5 failures, 5 s. `null`: none. */
  readonly breaker?: Partial<BreakerOptions> | null;
  readonly sockets?: RemoteSocketOptions;
  /** Told of each answer that says `Connection: close`: who is about to stop says so. Default: nobody is. */
  readonly onLeaving?: () => void;
}

export const DEFAULT_RETRIES: RetryOptions = { attempts: 2, initialDelayMs: 50, maxDelayMs: 500, budget: 0.1 };
export const DEFAULT_BREAKER: BreakerOptions = { failures: 5, openMs: 5000 };
