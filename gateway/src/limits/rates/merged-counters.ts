import type { Counter, RateRule } from './rate-limit-store.ts';

/**
 * Merges equal counters into one counter with the sum of their points. A store checks each counter separately, so two equal counters could
 * together exceed the limit.
 */
export function mergedCounters<Rule extends RateRule>(counters: readonly Counter<Rule>[]): readonly Counter<Rule>[] {
  if (counters.length < 2) return counters;
  const found = new Map<string, Counter<Rule>>();
  for (const [rule, key, points] of counters) {
    const id = `${rule.name} ${key}`;
    found.set(id, [rule, key, points + (found.get(id)?.[2] ?? 0)]);
  }
  return [...found.values()];
}
