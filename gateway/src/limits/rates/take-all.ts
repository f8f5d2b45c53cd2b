import type { RateLimitStore, RateState, WindowRule } from './rate-limit-store.ts';

/** So many points of one counter. */
export type Counter = readonly [rule: WindowRule, key: string, points: number];

/** The counter that had not enough left. */
export interface Exhausted {
  readonly rule: WindowRule;
  readonly state: RateState;
}

/**
 * Takes from all counters or from none: what one of them refuses is given back to the others, since it is not counted.
 * Null when all allowed it.
 */
export async function takeAll(store: RateLimitStore, counters: readonly Counter[]): Promise<Exhausted | null> {
  const taken: Counter[] = [];
  for (const counter of merged(counters)) {
    const [rule, key, points] = counter;
    const state = await store.take(rule, key, points);
    if (state.allowed) {
      taken.push(counter);
      continue;
    }
    await giveBackAll(store, taken);
    return { rule, state };
  }
  return null;
}

/** Gives back what was taken. */
export async function giveBackAll(store: RateLimitStore, counters: readonly Counter[]): Promise<void> {
  for (const [rule, key, points] of counters) await store.giveBack(rule, key, points);
}

/** What is taken several times is asked for at once: a store takes all points of one counter or none. */
function merged(counters: readonly Counter[]): readonly Counter[] {
  const found = new Map<string, Counter>();
  for (const [rule, key, points] of counters) {
    const id = `${rule.name} ${key}`;
    found.set(id, [rule, key, points + (found.get(id)?.[2] ?? 0)]);
  }
  return [...found.values()];
}
