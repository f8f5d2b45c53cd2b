/** Takes turns among equals; those that failed lately, or are about to go, come last. */
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

  /** All of them, in the order in which to try them now. Of those that rest the first is the one that is up again first. */
  order(): readonly number[] {
    const size = this.#restUntil.length;
    this.#turn = (this.#turn + 1) % size;
    const inTurn = Array.from({ length: size }, (_, place) => (this.#turn + place) % size);
    const nowMs = this.#nowMs();
    const until = (index: number) => this.#restUntil[index] ?? 0;
    const resting = inTurn.filter((index) => until(index) > nowMs).toSorted((one, other) => until(one) - until(other));
    return [...inTurn.filter((index) => until(index) <= nowMs), ...resting];
  }

  /** It failed; or whatever makes it rest for so long. One that rests already rests on at least until then. */
  rest(index: number, restMs: number = this.#restMs): void {
    this.#restUntil[index] = Math.max(this.#restUntil[index] ?? 0, this.#nowMs() + restMs);
  }
}
