/**
 * How much may be asked again: a share of what was asked first. When a subgraph fails for everybody, everybody asking again
 * is what keeps it down.
 */
export class RetryBudget {
  readonly #share: number;
  readonly #most: number;
  #saved: number;

  /** @param share of the requests, 0 to 1. @param most retries that can be saved up, and are there at the start. */
  constructor(share: number, most: number) {
    this.#share = share;
    this.#most = most;
    this.#saved = most;
  }

  /** A request was made for the first time. */
  earn(): void {
    this.#saved = Math.min(this.#most, this.#saved + this.#share);
  }

  /** Whether one more retry is within the budget; it is taken out of it. */
  spend(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }
}
