import type { HeaderSource } from './client-headers.ts';
import { socketTransport } from './socket-transport.ts';
import { RETRY_ATTEMPTS, subscriptionsOver, type SubscriptionClient } from './subscription-client.ts';

/** Options of a client over a WebSocket. */
export interface SocketClientOptions {
  /** URL of the GraphQL endpoint: `wss://shop.example/graphql`. */
  readonly url: string;
  /** Headers in the first message of a socket, because browsers cannot send headers with a WebSocket. @default none */
  readonly headers?: HeaderSource;
  /**
   * The number of consecutive attempts to open a broken socket again. Then the subscriptions fail. The pauses grow, so 10 attempts take
   * about 90 s.
   * @default 10
   */
  readonly retryAttempts?: number;
  /** The class of the package `ws`, for a runtime without a global `WebSocket` (Node before 22). */
  readonly webSocket?: unknown;
}

/** Runs subscriptions over one socket. The socket is open while there is a subscription. */
export type SocketClient = SubscriptionClient;

const NO_WEB_SOCKET =
  'This runtime has no WebSocket. Pass the class of the package `ws` as the option `webSocket` of createSocketClient, or use Node 22 or newer.';

/**
 * Creates a client for the protocol graphql-transport-ws. The client sends the id of an operation, and sends the text when the gateway does
 * not know the id.
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
