import type { Frame } from './cluster-watcher.ts';

/** A change of an order in the database. */
export interface Commit {
  readonly orderId: string;
  readonly type: string;
  /** The commit time by Postgres' clock, in milliseconds since 1970. */
  readonly atMs: number;
}

/** Commits matched with the WebSocket frames that delivered them. All times are in milliseconds since 1970. */
export interface Deliveries {
  readonly delivered: readonly { readonly committedMs: number; readonly receivedMs: number }[];
  readonly missed: readonly Commit[];
  /** The number of frames that repeat an earlier frame. */
  readonly duplicates: number;
}

/**
 * Matches commits and frames by order id and type of change. In a benchmark, each order changes only once per type, so
 * the match is unique.
 */
export function deliveriesOf(commits: readonly Commit[], frames: readonly Frame[]): Deliveries {
  const receivedAt = new Map<string, number>();
  let duplicates = 0;
  for (const frame of frames) {
    if (receivedAt.has(nameOf(frame))) duplicates += 1;
    else receivedAt.set(nameOf(frame), frame.atMs);
  }
  return {
    delivered: commits.flatMap((commit) => {
      const receivedMs = receivedAt.get(nameOf(commit));
      return receivedMs === undefined ? [] : [{ committedMs: commit.atMs, receivedMs }];
    }),
    missed: commits.filter((commit) => !receivedAt.has(nameOf(commit))),
    duplicates,
  };
}

/** Lists the milliseconds from each commit to its frame. */
export function latenciesOf({ delivered }: Deliveries): readonly number[] {
  return delivered.map(({ committedMs, receivedMs }) => receivedMs - committedMs);
}

const nameOf = ({ orderId, type }: { readonly orderId: string; readonly type: string }) => `${orderId} ${type}`;
