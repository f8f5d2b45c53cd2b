/** Thrown out of a start that was asked to stop. */
export class StartInterrupted extends Error {}

/**
 * One Ctrl-C arrives up to three times: from the terminal, from npm and from the launcher. What comes within this time
 * of the first is the same one.
 */
const SAME_PRESS_MS = 1_000;

export interface StopSignalOptions {
  readonly now: () => number;
  /** Called when a person asks a second time. */
  readonly onForce: () => void;
}

/** Whether Souk was asked to stop, and since when. */
export class StopSignal {
  readonly #options: StopSignalOptions;
  readonly #asked = Promise.withResolvers<void>();
  #askedAt: number | null = null;

  constructor(options: StopSignalOptions) {
    this.#options = options;
  }

  /** Resolves when Souk is first asked to stop. */
  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Asks to stop; again is the same as once. */
  ask(): void {
    this.#askedAt ??= this.#options.now();
    this.#asked.resolve();
  }

  /** Asks as a person does: a second time means at once. */
  press(): void {
    if (this.#askedAt !== null && this.#options.now() - this.#askedAt > SAME_PRESS_MS) this.#options.onForce();
    this.ask();
  }

  /** @throws StartInterrupted once asked. */
  throwIfAsked(): void {
    if (this.#askedAt !== null) throw new StartInterrupted();
  }
}
