import type { HeaderSource } from './client-headers.ts';
import { socketTransport } from './socket-transport.ts';
import { RETRY_ATTEMPTS, subscriptionsOver, type SubscriptionClient } from './subscription-client.ts';

/** Options of `createSocketClient`. */
export interface SocketClientOptions {
  /** URL of the GraphQL endpoint: `wss://shop.example/graphql`. */
  readonly url: string;
  /** Headers for the first message of a WebSocket. Browsers cannot send HTTP headers with a WebSocket. @default none */
  readonly headers?: HeaderSource;
  /**
   * The number of consecutive attempts to reopen a broken WebSocket before the subscriptions fail. With the backoff, 10
   * attempts take about 90 s.
   * @default 10
   */
  readonly retryAttempts?: number;
  /** The class of the package `ws`, for a runtime without a global `WebSocket` (Node before 22). */
  readonly webSocket?: unknown;
}

/** Runs subscriptions over one WebSocket, which is open while there is at least one subscription. */
export type SocketClient = SubscriptionClient;

const NO_WEB_SOCKET =
  'This runtime has no WebSocket. Pass the class of the package `ws` as the option `webSocket` of createSocketClient, or use Node 22 or newer.';

/**
 * Creates a client for the protocol graphql-transport-ws. The client sends the id of an operation. It sends the text
 * when the gateway does not know the id.
 * @throws TypeError when there is neither a global `WebSocket` nor the option `webSocket`
 */
export function createSocketClient({
  url,
  headers = {},
  retryAttempts = RETRY_ATTEMPTS,
  webSocket,
}: SocketClientOptions): SocketClient {
  if (webSocket === undefined && !('WebSocket' in globalThis)) throw new TypeError(NO_WEB_SOCKET);
  const socket = socketTransport({ url, headers, retryAttempts, webSocket });
  return subscriptionsOver(socket, retryAttempts, () => socket.close());
}
