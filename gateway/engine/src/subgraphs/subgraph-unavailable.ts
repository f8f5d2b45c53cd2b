/** What kept a subgraph from answering. */
export type UnavailableReason =
  /** No connection, or one that broke before the answer was complete. */
  | 'UNREACHABLE'
  /** No answer within the time that it has. */
  | 'TIMED_OUT'
  /** A proxy, or the subgraph itself, says that it cannot serve now: 502, 503, 504. */
  | 'OVERLOADED'
  /** It does not accept what the gateway says of the caller (401): its clock, or its keys, are others than the gateway's. */
  | 'REFUSED'
  /** It failed so often that it is left alone for a while. */
  | 'CIRCUIT_OPEN'
  /** A subscription broke, and could not be resumed. */
  | 'STREAM_LOST';

/**
 * Thrown by a transport when its subgraph does not answer at the moment. A client may know as much; the transport logs the
 * cause, once for many such failures.
 */
export class SubgraphUnavailableError extends Error {
  readonly reason: UnavailableReason;

  /** @param message for the log: where was asked, and what happened. */
  constructor(reason: UnavailableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SubgraphUnavailableError';
    this.reason = reason;
  }
}
