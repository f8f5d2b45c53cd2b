/** How many there are, and how many there were since the start. */
export interface SubscriptionCounts {
  /** Open now. */
  readonly sockets: number;
  /** Open now, over Server-Sent Events. */
  readonly eventStreams: number;
  /** Under way now, over either. */
  readonly operations: number;
  /** Open now in the subgraphs: equal subscriptions share one. */
  readonly upstreams: number;
  /** Clients given up because they read too slowly. */
  readonly droppedTooSlow: number;
  /** Clients given up because they answered no ping. */
  readonly droppedSilent: number;
  /** Connections ended because their token expired or was revoked. */
  readonly endedByToken: number;
  /** Answers handed to connections. */
  readonly answers: number;
}

/** The counts as they are kept; `upstreams` are counted where they are. */
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
