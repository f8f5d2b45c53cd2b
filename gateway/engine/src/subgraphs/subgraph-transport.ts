import type { RequestContext, TraceContext } from '@souk/kit/context';
import type { ExecutionResult } from 'graphql';

/** One operation that a plan sends to one subgraph. */
export interface SubgraphRequest {
  /** The operation's text. The planner writes equal texts for equal plans, so the text can be a cache key. */
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same object for every fetch of one request, and a new one for every event: loaders cache by context. */
  readonly context: RequestContext;
  /** The trace of this fetch, when it has its own span. The context's trace is the whole request's. */
  readonly trace?: TraceContext;
}

/**
 * The connection to a subgraph: in the same process, or over a network. Throws when the subgraph cannot be reached. The gateway then
 * answers the fields of the other subgraphs.
 */
export interface SubgraphTransport {
  /** Runs a query or a mutation. The result belongs to the caller, who may write into it. */
  fetch(request: SubgraphRequest): Promise<ExecutionResult>;
  /**
   * Opens a subscription, or returns the refusal. `return()` of its iterator must end the subscription at once, also between two events.
   */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Closes the transport's connections. */
  close?(): Promise<void>;
}
