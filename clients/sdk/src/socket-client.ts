import { createClient } from 'graphql-ws/client';
import type { Answer } from './answer.ts';
import { headersOf, type HeaderSource } from './client-headers.ts';
import type { OperationDocument } from './operation-document.ts';
import { requestById, requestByText } from './operation-request.ts';
import { isWorthATry, pause, pauseMs } from './reconnection.ts';
import { ResumedSubscription } from './resumed-subscription.ts';
import type { SoukError } from './souk-error.ts';

/** How to reach Souk over a WebSocket. */
export interface SocketClientOptions {
  /** Of the GraphQL endpoint: `wss://shop.example/graphql`. */
  readonly url: string;
  /** Sent when the socket is opened, because browsers cannot send headers with it. Default: none. */
  readonly headers?: HeaderSource;
  /** How often, one after the other, a socket that broke is opened again before subscriptions fail. Default: 10, with growing pauses: 90 s or so. */
  readonly retryAttempts?: number;
  /** Where there is no global one (Node before 22): the class of the package `ws`. */
  readonly webSocket?: unknown;
}

/** Who is told what a subscription says. */
export interface Subscriber<Data> {
  next(answer: Answer<Data>): void;
  /** It has failed, and says no more. */
  error(error: SoukError): void;
  /** It has ended, and says no more. Default: nothing happens. */
  complete?(): void;
  /**
   * It goes on, but something may have happened that it did not tell of: it was away for longer than events are remembered. Read the
   * present state. Default: it fails then, with the code `RESUME_POSITION_LOST`.
   */
  missed?(): void;
}

/** Runs subscriptions, all of them over one socket, which is open while there is one. */
export interface SocketClient {
  /**
   * Begins one; what it gives ends it. When the socket breaks it goes on at another gateway after the last answer that it had:
   * none is missed, and none comes twice.
   */
  subscribe<Data, Variables extends object>(
    document: OperationDocument<'subscription', Data, Variables>,
    variables: Variables,
    subscriber: Subscriber<Data>,
  ): () => void;
  /** Ends all of them. */
  close(): Promise<void>;
}

const RETRY_ATTEMPTS = 10;
const NO_WEB_SOCKET =
  'This runtime has no WebSocket: pass the class of the package `ws` as the option `webSocket` of createSocketClient, or use Node 22 or newer';

/**
 * graphql-transport-ws; operations are sent by id, and by text where the gateway does not know the id.
 * @throws TypeError where there is neither a global `WebSocket` nor the option `webSocket`.
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
    shouldRetry: isWorthATry,
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
        // It was connecting, in vain: there is nothing to close.
      }
    },
  };
}
