import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for a fact: asks again every few milliseconds until the answer is truthy, and gives the answer.
 * @throws Error after `timeoutMs` (default two minutes: longer than a busy machine needs), with what was asked.
 */
export async function until<Fact>(
  fact: () => Fact | Promise<Fact>,
  timeoutMs = 120_000,
): Promise<Exclude<Fact, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await fact();
    if (found) return found as Exclude<Fact, false | null | undefined | 0 | ''>; // truthy
    if (performance.now() > deadline) throw new Error(`Not so after ${timeoutMs} ms: ${fact.toString()}`);
    await sleep(5);
  }
}
