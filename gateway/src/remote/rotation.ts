/** Takes turns among equals; those that failed lately come last. */
export class Rotation {
  readonly #restUntil: number[];
  readonly #restMs: number;
  readonly #nowMs: () => number;
  #turn = -1;

  /** @param restMs how long one that failed comes last. */
  constructor(size: number, restMs: number, nowMs: () => number) {
    this.#restUntil = Array.from({ length: size }, () => 0);
    this.#restMs = restMs;
    this.#nowMs = nowMs;
  }

  /** All of them, in the order in which to try them now. */
  order(): readonly number[] {
    const size = this.#restUntil.length;
    this.#turn = (this.#turn + 1) % size;
    const inTurn = Array.from({ length: size }, (_, place) => (this.#turn + place) % size);
    const nowMs = this.#nowMs();
    const rests = (index: number) => (this.#restUntil[index] ?? 0) > nowMs;
    return [...inTurn.filter((index) => !rests(index)), ...inTurn.filter(rests)];
  }

  /** The one whose turn it is. */
  next(): number {
    return this.order()[0] ?? 0;
  }

  /** It failed. */
  rest(index: number): void {
    this.#restUntil[index] = this.#nowMs() + this.#restMs;
  }
}
