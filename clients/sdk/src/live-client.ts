import type { HeaderSource } from './client-headers.ts';
import { eventStreamTransport } from './event-stream-transport.ts';
import { isGatewayReason, socketOrStreams } from './fallback-transport.ts';
import { socketTransport, type SocketTransport } from './socket-transport.ts';
import { RETRY_ATTEMPTS, subscriptionsOver, type SubscriptionClient } from './subscription-client.ts';

/** Options of `createLiveClient`. */
export interface LiveClientOptions {
  /** URL of the GraphQL endpoint: `https://shop.example/graphql`. */
  readonly url: string;
  /** Headers of every connection, for instance `session.headers`. @default none */
  readonly headers?: HeaderSource;
  /** The number of consecutive attempts to reopen a broken connection before its subscriptions fail. @default 10 */
  readonly retryAttempts?: number;
  /**
   * `websocket-or-events` opens a WebSocket, and falls back to event streams when no WebSocket can be opened. `events`
   * always uses event streams.
   * @default 'websocket-or-events'; 'events' in a runtime without `WebSocket` (Node before 22)
   */
  readonly transport?: 'websocket-or-events' | 'events';
  /** Sends the requests of event streams. @default the global `fetch` */
  readonly fetch?: typeof fetch;
}

/**
 * Creates a client for subscriptions over a WebSocket (graphql-transport-ws) or event streams (graphql-sse). After a
 * broken connection, a subscription resumes and delivers each response once.
 */
export function createLiveClient(options: LiveClientOptions): SubscriptionClient {
  const { url, headers = {}, retryAttempts = RETRY_ATTEMPTS, fetch: fetchOf = fetch } = options;
  const { transport = 'WebSocket' in globalThis ? 'websocket-or-events' : 'events' } = options;
  const streams = eventStreamTransport({ url, headers, retryAttempts, fetch: fetchOf });
  if (transport === 'events') return subscriptionsOver(streams, retryAttempts, async () => undefined);
  const socket: SocketTransport = socketTransport({
    url: url.replace(/^http/, 'ws'),
    headers,
    retryAttempts,
    webSocket: undefined,
    // Before the first connection, another attempt would only delay the fallback to event streams.
    mayRetry: (problem) => socket.hasConnected || isGatewayReason(problem),
  });
  return subscriptionsOver(socketOrStreams(socket, streams), retryAttempts, () => socket.close());
}
