import { connectionMaxima, openFilesLimit, type ConnectionMaxima } from './open-files.ts';
import type { Origins } from './origins.ts';

/** How the server meets the network. */
export interface HttpOptions extends ConnectionMaxima {
  /**
   * Addresses and networks (`10.0.0.0/8`, `loopback`) of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
   * None: the address is the connection's, since anybody can send such headers.
   */
  readonly trustedProxies: readonly string[];
  /** Pages of these may call `/graphql` and the REST routes. No cookie is ever read. */
  readonly corsOrigins: Origins;
  /** Until a request's headers have arrived; who dawdles is sent away with 408. */
  readonly headersTimeoutMs: number;
  /** Until all of a request has arrived. Sockets and streams are not ended by it. */
  readonly requestTimeoutMs: number;
  /** How often the server looks for requests that take too long to arrive. */
  readonly timeoutRoundsMs: number;
  /** Of all headers of a request together; more is a 431. */
  readonly maxHeaderBytes: number;
  /** Of all clients, sockets included; further ones are closed at once. */
  readonly maxConnections: number;
  /** Of one client address (of IPv6: one network of 64 bits), sockets included; further ones are closed, or answered with 429. */
  readonly maxConnectionsPerAddress: number;
}

/** What a gateway has that names no others. */
export const DEFAULT_HTTP: HttpOptions = {
  trustedProxies: [],
  corsOrigins: [],
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  timeoutRoundsMs: 5000,
  maxHeaderBytes: 16 * 1024,
  ...connectionMaxima(openFilesLimit()),
};
