import { createClient } from 'graphql-ws/client';
import { headersOf, type HeaderSource } from './client-headers.ts';
import { isRetryable, pause, pauseMs } from './reconnection.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/** Options of `socketTransport`. */
export interface SocketTransportOptions {
  readonly url: string;
  readonly headers: HeaderSource;
  readonly retryAttempts: number;
  readonly webSocket: unknown;
  /** Called after a retryable problem. Returns whether to open the WebSocket again. @default always */
  readonly mayRetry?: (problem: unknown) => boolean;
}

/** A transport over one WebSocket, in the protocol graphql-transport-ws. */
export interface SocketTransport extends SubscriptionTransport {
  /** Whether a gateway has accepted a WebSocket at least once. */
  readonly hasConnected: boolean;
  close(): Promise<void>;
}

/** Creates the transport. The WebSocket opens with the first subscription. */
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
        // `dispose` rejects while the client is connecting. There is no WebSocket to close then.
      }
    },
  };
}
