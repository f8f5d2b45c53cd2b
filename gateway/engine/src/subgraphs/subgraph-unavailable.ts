/** The reason why a subgraph did not answer. */
export type UnavailableReason =
  /** There is no connection, or the connection broke before the response was complete. */
  | 'UNREACHABLE'
  /** The response did not arrive before the deadline. */
  | 'TIMED_OUT'
  /** A proxy or the subgraph cannot serve now: status 502, 503 or 504. */
  | 'OVERLOADED'
  /**
   * The subgraph refuses the gateway's signed context with 401. The subgraph and the gateway have different clocks or
   * keys.
   */
  | 'REFUSED'
  /** The circuit breaker is open after repeated failures. */
  | 'CIRCUIT_OPEN'
  /** A subscription broke, and could not be resumed. */
  | 'STREAM_LOST';

/**
 * Thrown by a transport when its subgraph does not answer. Clients may learn that the subgraph is unavailable, but not the cause. The
 * transport logs the cause once per outage.
 */
export class SubgraphUnavailableError extends Error {
  readonly reason: UnavailableReason;

  /** @param message the URL of the subgraph and the failure, for the log */
  constructor(reason: UnavailableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SubgraphUnavailableError';
    this.reason = reason;
  }
}
