import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls a fact every few milliseconds until it is truthy, and returns it.
 * @param timeoutMs @default two minutes, which is longer than a busy machine needs
 * @throws Error after `timeoutMs`, with the source code of the fact
 */
export async function until<Fact>(
  fact: () => Fact | Promise<Fact>,
  timeoutMs = 120_000,
): Promise<Exclude<Fact, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await fact();
    if (found) return found as Exclude<Fact, false | null | undefined | 0 | ''>;
    if (performance.now() > deadline) throw new Error(`Still not true after ${timeoutMs} ms: ${fact.toString()}`);
    await sleep(5);
  }
}
