import type { Frame } from './cluster-watcher.ts';

/** A committed change of an order. */
export interface Commit {
  readonly orderId: string;
  readonly type: string;
  /** Commit time by Postgres' clock, in milliseconds since 1970. */
  readonly atMs: number;
}

/** Commits matched with the frames that a subscriber's socket received. All times are in milliseconds since 1970. */
export interface Deliveries {
  readonly delivered: readonly { readonly committedMs: number; readonly receivedMs: number }[];
  /** The commits that have no frame. */
  readonly missed: readonly Commit[];
  /** The number of frames that repeated an earlier frame. */
  readonly duplicates: number;
}

/**
 * Finds the frame of each commit by the order's id and the type of change. Both together identify a change, because in a benchmark each
 * order has one change of each type.
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
