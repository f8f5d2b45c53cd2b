/** What was refused so far, by the limit that was met: for metrics. */
export type RefusalCounts = Readonly<Record<string, number>>;

/** Counts what limits refuse. */
export class Refusals {
  readonly #counts = new Map<string, number>();

  count(limit: string): void {
    this.#counts.set(limit, (this.#counts.get(limit) ?? 0) + 1);
  }

  /** Since the start of the process. */
  counts(): RefusalCounts {
    return Object.fromEntries(this.#counts);
  }
}
