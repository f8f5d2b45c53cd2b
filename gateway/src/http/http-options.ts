import { connectionMaxima, openFilesLimit, type ConnectionMaxima } from './open-files.ts';
import type { Origins } from './origins.ts';

/** Options of the HTTP server, with the limits of its connections. */
export interface HttpOptions extends ConnectionMaxima {
  /**
   * Addresses and networks (`10.0.0.0/8`, `loopback`) of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted. Without
   * trusted proxies the address of the connection is the client's address, because any client can send these headers.
   */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may call `/graphql` and the REST routes. Cookies are never read. */
  readonly corsOrigins: Origins;
  /** Deadline for the arrival of a request's headers, in milliseconds. A slower client gets a 408. */
  readonly headersTimeoutMs: number;
  /** Deadline for the arrival of a complete request, in milliseconds. Does not apply to sockets and event streams. */
  readonly requestTimeoutMs: number;
  /** The interval at which the server checks both deadlines, in milliseconds. */
  readonly timeoutRoundsMs: number;
  /** The maximum size of all headers of a request. A larger request gets a 431. */
  readonly maxHeaderBytes: number;
  /** The maximum number of connections of all clients, including sockets. The server closes further connections immediately. */
  readonly maxConnections: number;
  /**
   * The maximum number of connections of one client address, including sockets. In IPv6 a /64 network counts as one address. The server
   * closes further connections, or answers with 429.
   */
  readonly maxConnectionsPerAddress: number;
}

/** The HTTP options that apply when the gateway's configuration does not set them. */
export const DEFAULT_HTTP: HttpOptions = {
  trustedProxies: [],
  corsOrigins: [],
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  timeoutRoundsMs: 5000,
  maxHeaderBytes: 16 * 1024,
  ...connectionMaxima(openFilesLimit()),
};
