/** Orders equal processes by round robin. A process that failed recently, or is about to stop, comes last. */
export class RoundRobin {
  readonly #restUntil: number[];
  readonly #restMs: number;
  readonly #nowMs: () => number;
  #turn = -1;

  /** @param restMs how long a failed process comes last, in milliseconds */
  constructor(size: number, restMs: number, nowMs: () => number) {
    this.#restUntil = Array.from({ length: size }, () => 0);
    this.#restMs = restMs;
    this.#nowMs = nowMs;
  }

  /** The indexes of all processes in the order in which to try them. Resting processes come last, ordered by the end of their rest. */
  order(): readonly number[] {
    const size = this.#restUntil.length;
    this.#turn = (this.#turn + 1) % size;
    const inTurn = Array.from({ length: size }, (_, place) => (this.#turn + place) % size);
    const nowMs = this.#nowMs();
    const until = (index: number) => this.#restUntil[index] ?? 0;
    const resting = inTurn.filter((index) => until(index) > nowMs).toSorted((one, other) => until(one) - until(other));
    return [...inTurn.filter((index) => until(index) <= nowMs), ...resting];
  }

  /** Moves a process to the end of the order for some time. Does not shorten a rest that has begun. */
  rest(index: number, restMs: number = this.#restMs): void {
    this.#restUntil[index] = Math.max(this.#restUntil[index] ?? 0, this.#nowMs() + restMs);
  }
}
