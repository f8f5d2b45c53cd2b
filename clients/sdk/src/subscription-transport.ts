import type { OperationRequest } from './operation-request.ts';

/** The callbacks through which a transport reports the results of one subscription. */
export interface ResultSink {
  next(result: { readonly data?: unknown; readonly errors?: unknown; readonly extensions?: unknown }): void;
  /** @param failure an array of GraphQL errors, the close event of a WebSocket, or a network error */
  error(failure: unknown): void;
  complete(): void;
}

/** Sends subscriptions over a connection, and reconnects when the connection breaks. */
export interface SubscriptionTransport {
  /** @returns a function that ends the subscription */
  subscribe(payload: OperationRequest, sink: ResultSink): () => void;
}
