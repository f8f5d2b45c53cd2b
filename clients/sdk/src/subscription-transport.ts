import type { OperationRequest } from './operation-request.ts';

/** Receives the results of a subscription. */
export interface ResultSink {
  next(result: { readonly data?: unknown; readonly errors?: unknown; readonly extensions?: unknown }): void;
  /** @param failure a list of GraphQL errors, the close event of a socket, or the error of a network */
  error(failure: unknown): void;
  complete(): void;
}

/** Sends subscriptions over a connection, which is opened again when it breaks. */
export interface SubscriptionTransport {
  /** @returns a function that ends the subscription */
  subscribe(payload: OperationRequest, sink: ResultSink): () => void;
}
