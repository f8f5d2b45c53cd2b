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
   * The number of consecutive attempts to open a broken socket again. Then the subscriptions fail. The pauses grow, so 10 attempts take
   * about 90 s.
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
  /** Called when the subscription has failed. No further call follows. */
  error(error: SoukError): void;
  /** Called when the subscription has completed. No further call follows. @default nothing happens */
  complete?(): void;
  /**
   * Called when the subscription continues but events may be missing, because it was interrupted for longer than the gateway remembers
   * events. The subscriber should read the present state.
   * @default the subscription fails with the code `RESUME_POSITION_LOST`
   */
  missed?(): void;
}

/** Runs subscriptions over one socket. The socket is open while there is a subscription. */
export interface SocketClient {
  /**
   * Starts a subscription. When the socket breaks, the subscription resumes at another gateway, after the last received response. No
   * response is missing or repeated.
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
        // The client was still trying to connect, so there is no socket to close.
      }
    },
  };
}
