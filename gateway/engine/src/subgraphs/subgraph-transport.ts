import type { RequestContext, TraceContext } from '@souk/kit/context';
import type { ExecutionResult } from 'graphql';

/** One operation that a plan sends to one subgraph. */
export interface SubgraphRequest {
  /** The operation's text. The planner writes the same text for the same plan, so that it can be a cache key. */
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same object for every fetch of one request, and a new one for every event: loaders hang on it. */
  readonly context: RequestContext;
  /** Of this fetch, where it has a span of its own; the context is that of the whole request. */
  readonly trace?: TraceContext;
}

/**
 * How the gateway reaches a subgraph: in its own process, or over a network. A subgraph that cannot be reached is a throw;
 * the gateway answers what the other subgraphs can.
 */
export interface SubgraphTransport {
  /** Runs a query or a mutation. The result belongs to the caller, who writes into it. */
  fetch(request: SubgraphRequest): Promise<ExecutionResult>;
  /** Opens a subscription, or answers why not. `return()` of its iterator must end it at once, also between two events. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Lets go of connections, when it holds any. */
  close?(): Promise<void>;
}
