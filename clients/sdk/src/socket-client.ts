import { createClient } from 'graphql-ws/client';
import type { Answer } from './answer.ts';
import { headersOf, type HeaderSource } from './client-headers.ts';
import type { OperationDocument } from './operation-document.ts';
import { requestById, requestByText } from './operation-request.ts';
import { isRetryable, pause, pauseMs } from './reconnection.ts';
import { ResumedSubscription } from './resumed-subscription.ts';
import type { SoukError } from './souk-error.ts';

/** Options of a client over a WebSocket. */
export interface SocketClientOptions {
  /** URL of the GraphQL endpoint: `wss://shop.example/graphql`. */
  readonly url: string;
  /** Headers in the first message of a socket, because browsers cannot send headers with a WebSocket. @default none */
  readonly headers?: HeaderSource;
  /**
   * How often, in a row, a broken socket is opened again before the subscriptions fail. Pauses grow, so 10 attempts take about 90 s.
   * @default 10
   */
  readonly retryAttempts?: number;
  /** The class of the package `ws`, for a runtime without a global `WebSocket` (Node before 22). */
  readonly webSocket?: unknown;
}

/** Receives the messages of a subscription. */
export interface Subscriber<Data> {
  /** Receives a response. */
  next(answer: Answer<Data>): void;
  /** The subscription has failed and is over. */
  error(error: SoukError): void;
  /** The subscription has completed and is over. @default nothing happens */
  complete?(): void;
  /**
   * The subscription continues, but events may be missing: it was interrupted for longer than the gateway remembers events. Read the
   * present state.
   * @default the subscription fails with the code `RESUME_POSITION_LOST`
   */
  missed?(): void;
}

/** Runs subscriptions over one socket. The socket is open while there is a subscription. */
export interface SocketClient {
  /**
   * Starts a subscription. After a broken socket the subscription resumes at another gateway after the last received response, without
   * a missing or repeated one.
   * @returns a function that ends the subscription.
   */
  subscribe<Data, Variables extends object>(
    document: OperationDocument<'subscription', Data, Variables>,
    variables: Variables,
    subscriber: Subscriber<Data>,
  ): () => void;
  /** Ends all subscriptions, and closes the socket. */
  close(): Promise<void>;
}

const RETRY_ATTEMPTS = 10;
const NO_WEB_SOCKET =
  'This runtime has no WebSocket. Pass the class of the package `ws` as the option `webSocket` of createSocketClient, or use Node 22 or newer.';

/**
 * Creates a client for the protocol graphql-transport-ws. The client sends the id of an operation, and then the text if the gateway
 * does not know the id.
 * @throws TypeError without a global `WebSocket` and without the option `webSocket`.
 */
export function createSocketClient({
  url,
  headers = {},
  retryAttempts = RETRY_ATTEMPTS,
  webSocket,
}: SocketClientOptions): SocketClient {
  if (webSocket === undefined && !('WebSocket' in globalThis)) throw new TypeError(NO_WEB_SOCKET);
  const closing = new AbortController();
  const client = createClient({
    url,
    connectionParams: () => headersOf(headers),
    retryAttempts,
    retryWait: (retries) => pause(pauseMs(retries, Math.random()), closing.signal),
    shouldRetry: isRetryable,
    ...(webSocket !== undefined && { webSocketImpl: webSocket }),
  });
  const open = new Set<() => void>();
  return {
    subscribe(document, variables, subscriber) {
      const requests = { byId: requestById(document, variables), byText: requestByText(document, variables) };
      const subscription = new ResumedSubscription(client, requests, subscriber, retryAttempts);
      const end = () => {
        open.delete(end);
        subscription.end();
      };
      open.add(end);
      subscription.begin();
      return end;
    },
    async close() {
      for (const end of open) end();
      closing.abort();
      try {
        await client.dispose();
      } catch {
        // The client was connecting without success, so there is no socket to close.
      }
    },
  };
}
