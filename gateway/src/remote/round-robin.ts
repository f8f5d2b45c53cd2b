/** Orders equal processes by turn. A process that failed lately, or is about to stop, is the last choice. */
export class RoundRobin {
  readonly #restUntil: number[];
  readonly #restMs: number;
  readonly #nowMs: () => number;
  #turn = -1;

  /** @param restMs how long a failed process remains the last choice, in milliseconds */
  constructor(size: number, restMs: number, nowMs: () => number) {
    this.#restUntil = Array.from({ length: size }, () => 0);
    this.#restMs = restMs;
    this.#nowMs = nowMs;
  }

  /** All processes, in the order in which to try them now. Resting processes are the last choice, ordered by the end of their rest. */
  order(): readonly number[] {
    const size = this.#restUntil.length;
    this.#turn = (this.#turn + 1) % size;
    const inTurn = Array.from({ length: size }, (_, place) => (this.#turn + place) % size);
    const nowMs = this.#nowMs();
    const until = (index: number) => this.#restUntil[index] ?? 0;
    const resting = inTurn.filter((index) => until(index) > nowMs).toSorted((one, other) => until(one) - until(other));
    return [...inTurn.filter((index) => until(index) <= nowMs), ...resting];
  }

  /** Makes a process rest. A longer rest that has already begun is not shortened. */
  rest(index: number, restMs: number = this.#restMs): void {
    this.#restUntil[index] = Math.max(this.#restUntil[index] ?? 0, this.#nowMs() + restMs);
  }
}
