import { createClient, type Client } from 'graphql-ws';
import { answerOf, type Answer } from './answer.ts';
import { headersOf, type HeaderSource } from './client-headers.ts';
import type { OperationDocument } from './operation-document.ts';
import { requestById, requestByText, wantsText, type OperationRequest } from './operation-request.ts';
import { SoukError, type AnswerError } from './souk-error.ts';

/** How to reach Souk over a WebSocket. */
export interface SocketClientOptions {
  /** Of the GraphQL endpoint: `wss://shop.example/graphql`. */
  readonly url: string;
  /** Sent when the socket is opened, because browsers cannot send headers with it. Default: none. */
  readonly headers?: HeaderSource;
  /** How often a socket that broke is opened again before subscriptions fail. Default: 5, with growing pauses. */
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
}

/** Runs subscriptions, all of them over one socket, which is open while there is one. */
export interface SocketClient {
  /** Begins one; what it gives ends it. */
  subscribe<Data, Variables extends object>(
    document: OperationDocument<'subscription', Data, Variables>,
    variables: Variables,
    subscriber: Subscriber<Data>,
  ): () => void;
  /** Ends all of them. */
  close(): Promise<void>;
}

/** graphql-transport-ws; operations are sent by id, and by text where the gateway does not know the id. */
export function createSocketClient({
  url,
  headers = {},
  retryAttempts = 5,
  webSocket,
}: SocketClientOptions): SocketClient {
  const client = createClient({
    url,
    connectionParams: () => headersOf(headers),
    retryAttempts,
    ...(webSocket !== undefined && { webSocketImpl: webSocket }),
  });
  return {
    subscribe(document, variables, subscriber) {
      return begin(client, requestById(document, variables), requestByText(document, variables), subscriber);
    },
    close: async () => client.dispose(),
  };
}

/** @param otherwise is sent where the gateway does not know the first. */
function begin<Data>(
  client: Client,
  request: OperationRequest,
  otherwise: OperationRequest | null,
  subscriber: Subscriber<Data>,
): () => void {
  let end = client.subscribe<unknown>(request, {
    next: (value) => subscriber.next(answerOf<Data>(value, null)),
    error: (failure) => {
      if (otherwise && wantsText(errorsOf(failure))) end = begin(client, otherwise, null, subscriber);
      else subscriber.error(socketError(failure));
    },
    complete: () => subscriber.complete?.(),
  });
  return () => end();
}

/** graphql-ws tells of GraphQL errors as a list. */
function errorsOf(failure: unknown): readonly AnswerError[] {
  return Array.isArray(failure) ? failure.map((each: AnswerError) => each) : [];
}

function socketError(failure: unknown): SoukError {
  const errors = errorsOf(failure);
  if (errors.length > 0) return SoukError.of(errors, {});
  if (isClose(failure))
    return new SoukError(failure.reason || `The socket was closed (${failure.code})`, SOCKET_CLOSED);
  return new SoukError('The socket cannot be opened', { code: 'NETWORK_ERROR', cause: failure });
}

const SOCKET_CLOSED = { code: 'SOCKET_CLOSED' };

function isClose(failure: unknown): failure is { readonly code: number; readonly reason: string } {
  return typeof failure === 'object' && failure !== null && 'code' in failure && 'reason' in failure;
}
