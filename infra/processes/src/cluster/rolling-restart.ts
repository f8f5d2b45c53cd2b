import type { ClusterMember } from './cluster.ts';

/** How one process was replaced. */
export interface Replacement {
  /** `orders-2` */
  readonly name: string;
  /** With which it ended; null when a signal ended it. */
  readonly exitCode: number | null;
  /** From SIGTERM to its end, the drain included; in ms. */
  readonly stopMs: number;
  /** From its start until it was ready, in ms. */
  readonly startMs: number;
}

/**
 * Replaces every process, one at a time and in the order of the members, subgraphs before gateways: it drains, ends, and starts again;
 * the next follows when it is ready. Those that stay serve meanwhile, so there have to be two of each.
 * @throws StartFailure when one does not come up again: the others are left as they are.
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
