/** Counters of sockets, event streams and subscriptions: present numbers, or totals since the start. */
export interface SubscriptionCounts {
  /** Sockets that are open now. */
  readonly sockets: number;
  /** Event streams (Server-Sent Events) that are open now. */
  readonly eventStreams: number;
  /** Operations that run now, over sockets and event streams. */
  readonly operations: number;
  /**
   * Subscriptions that are open in the subgraphs now. Equal subscriptions of clients share one subscription in the
   * subgraph.
   */
  readonly upstreams: number;
  /** Clients that were disconnected because they read too slowly. */
  readonly droppedTooSlow: number;
  /** Clients that were disconnected because they did not answer a ping. */
  readonly droppedSilent: number;
  /** Connections that ended because their token expired or was revoked. */
  readonly endedByToken: number;
  /** Answers that were passed to connections. */
  readonly answers: number;
}

/** The counters that connections increment. `upstreams` is missing, because the shared streams count it. */
export type RunningCounts = { -readonly [Name in Exclude<keyof SubscriptionCounts, 'upstreams'>]: number };

export function noCounts(): RunningCounts {
  return {
    sockets: 0,
    eventStreams: 0,
    operations: 0,
    droppedTooSlow: 0,
    droppedSilent: 0,
    endedByToken: 0,
    answers: 0,
  };
}
