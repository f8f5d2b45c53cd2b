import type { ClusterMember } from './cluster.ts';

/** The outcome of replacing one process. */
export interface Replacement {
  /** The name of the process, such as `orders-2`. */
  readonly name: string;
  /** Exit code of the old process. Null when a signal ended the process. */
  readonly exitCode: number | null;
  /** The time from SIGTERM to the end of the process, including the drain, in ms. */
  readonly stopMs: number;
  /** The time from the start of the new process until it is ready, in ms. */
  readonly startMs: number;
}

/**
 * Replaces every process, one at a time, in the order of `members`: subgraphs before gateways. Each process drains, ends and starts
 * again. The next process is replaced when the new process is ready. Each kind needs two processes, because one must serve while the other
 * restarts.
 * @throws StartFailure when a process does not become ready again. The remaining processes are then not replaced.
 */
export async function rollingRestart(
  members: readonly ClusterMember[],
  onReplaced: (replacement: Replacement) => void = () => undefined,
): Promise<readonly Replacement[]> {
  const replacements: Replacement[] = [];
  for (const { process } of members) {
    const askedAt = performance.now();
    const exitCode = await process.stop();
    const endedAt = performance.now();
    await process.start();
    const readyAt = performance.now();
    const replacement = { name: process.name, exitCode, stopMs: endedAt - askedAt, startMs: readyAt - endedAt };
    onReplaced(replacement);
    replacements.push(replacement);
  }
  return replacements;
}
