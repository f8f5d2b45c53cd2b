/**
 * Limits retries to a share of the first attempts. When a subgraph fails for all callers, unlimited retries would keep the subgraph down.
 */
export class RetryBudget {
  readonly #share: number;
  readonly #most: number;
  #saved: number;

  /**
   * @param share the maximum number of retries per first attempt, 0 to 1
   * @param most the maximum number of saved retries. The same number is available at the start
   */
  constructor(share: number, most: number) {
    this.#share = share;
    this.#most = most;
    this.#saved = most;
  }

  /** Counts a first attempt, which adds `share` retries to the budget. */
  earn(): void {
    this.#saved = Math.min(this.#most, this.#saved + this.#share);
  }

  /**
   * Takes one retry out of the budget.
   * @returns false when the budget is empty
   */
  spend(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }
}
