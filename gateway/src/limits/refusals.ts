/** The number of refusals by limit, for metrics. */
export type RefusalCounts = Readonly<Record<string, number>>;

/** Counts refused requests and operations by limit, in the memory of this process. */
export class Refusals {
  readonly #counts = new Map<string, number>();

  count(limit: string): void {
    this.#counts.set(limit, (this.#counts.get(limit) ?? 0) + 1);
  }

  counts(): RefusalCounts {
    return Object.fromEntries(this.#counts);
  }
}
