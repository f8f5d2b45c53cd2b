import type { RequestContext, TraceContext } from '@souk/kit/context';
import type { ExecutionResult } from 'graphql';

/** One operation that a plan sends to one subgraph. */
export interface SubgraphRequest {
  /** The operation's text. The planner writes equal texts for equal plans, so the text can be a cache key. */
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /**
   * The request context. All fetches of one request share the object, because loaders cache by context. Every subscription event has a new
   * context.
   */
  readonly context: RequestContext;
  /** The trace of this fetch, when the fetch has its own span. The trace in the context belongs to the whole request. */
  readonly trace?: TraceContext;
}

/**
 * The connection to a subgraph: in the same process, or over a network. A transport throws when it cannot reach the subgraph. The gateway
 * then answers the fields of the other subgraphs.
 */
export interface SubgraphTransport {
  /** Runs a query or a mutation. The caller may write into the result. */
  fetch(request: SubgraphRequest): Promise<ExecutionResult>;
  /**
   * Opens a subscription, or returns the subgraph's refusal. `return()` of the iterator must end the subscription immediately, even while
   * `next()` is pending.
   */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  close?(): Promise<void>;
}
