import type { Frame } from './cluster-watcher.ts';

/** A change of an order that was committed. */
export interface Commit {
  readonly orderId: string;
  readonly type: string;
  /** When, by Postgres, in milliseconds since 1970. */
  readonly atMs: number;
}

/** What became of commits at a subscriber's socket. Times in milliseconds since 1970. */
export interface Deliveries {
  readonly delivered: readonly { readonly committedMs: number; readonly toldMs: number }[];
  /** Commits without a frame. */
  readonly missed: readonly Commit[];
  /** Frames of commits that had come before. */
  readonly doubled: number;
}

/** Finds the frame of each commit. An order goes through each type of change once here, so that these two name it. */
export function deliveriesOf(commits: readonly Commit[], frames: readonly Frame[]): Deliveries {
  const toldAt = new Map<string, number>();
  let doubled = 0;
  for (const frame of frames) {
    if (toldAt.has(nameOf(frame))) doubled += 1;
    else toldAt.set(nameOf(frame), frame.atMs);
  }
  return {
    delivered: commits.flatMap((commit) => {
      const toldMs = toldAt.get(nameOf(commit));
      return toldMs === undefined ? [] : [{ committedMs: commit.atMs, toldMs }];
    }),
    missed: commits.filter((commit) => !toldAt.has(nameOf(commit))),
    doubled,
  };
}

/** From each commit to its frame, in milliseconds. */
export function latenciesOf({ delivered }: Deliveries): readonly number[] {
  return delivered.map(({ committedMs, toldMs }) => toldMs - committedMs);
}

const nameOf = ({ orderId, type }: { readonly orderId: string; readonly type: string }) => `${orderId} ${type}`;
