import { createClient } from 'graphql-ws/client';
import { headersOf, type HeaderSource } from './client-headers.ts';
import { isRetryable, pause, pauseMs } from './reconnection.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/** Options of a transport over one WebSocket. */
export interface SocketTransportOptions {
  readonly url: string;
  readonly headers: HeaderSource;
  readonly retryAttempts: number;
  readonly webSocket: unknown;
  /** Returns whether to open the socket again after a problem that another socket may not have. @default always */
  readonly mayRetry?: (problem: unknown) => boolean;
}

/** A transport over one WebSocket, in the protocol graphql-transport-ws. */
export interface SocketTransport extends SubscriptionTransport {
  /** Whether the gateway has accepted a socket. */
  readonly hasConnected: boolean;
  close(): Promise<void>;
}

/** Creates the transport. It opens its socket with the first subscription. */
export function socketTransport(options: SocketTransportOptions): SocketTransport {
  const { url, headers, retryAttempts, webSocket, mayRetry = () => true } = options;
  const closing = new AbortController();
  let hasConnected = false;
  const client = createClient({
    url,
    connectionParams: () => headersOf(headers),
    retryAttempts,
    retryWait: (retries) => pause(pauseMs(retries, Math.random()), closing.signal),
    shouldRetry: (problem) => isRetryable(problem) && mayRetry(problem),
    on: { connected: () => void (hasConnected = true) },
    ...(webSocket !== undefined && { webSocketImpl: webSocket }),
  });
  return {
    subscribe: (payload, sink) => client.subscribe<unknown>(payload, sink),
    get hasConnected() {
      return hasConnected;
    },
    async close() {
      closing.abort();
      try {
        await client.dispose();
      } catch {
        // The client was connecting without success, so there is no socket to close.
      }
    },
  };
}
