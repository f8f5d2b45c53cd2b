/** Thrown when a start is interrupted because a stop was requested. */
export class StartInterrupted extends Error {}

/**
 * Signals within this time after the first signal count as one Ctrl-C, in ms. One Ctrl-C arrives up to three times: from the terminal, npm
 * and the launcher.
 */
const SAME_PRESS_MS = 1_000;

export interface StopSignalOptions {
  readonly now: () => number;
  /** Called on a second Ctrl-C. */
  readonly onForce: () => void;
}

/** The request to stop the process. Signals and Ctrl-C set it, and the start and the server wait for it. */
export class StopSignal {
  readonly #options: StopSignalOptions;
  readonly #asked = Promise.withResolvers<void>();
  #askedAt: number | null = null;

  constructor(options: StopSignalOptions) {
    this.#options = options;
  }

  /** Resolves on the first request to stop. */
  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Requests a stop. Further requests have no effect. */
  ask(): void {
    this.#askedAt ??= this.#options.now();
    this.#asked.resolve();
  }

  /** Requests a stop by Ctrl-C. A second Ctrl-C forces the stop. */
  press(): void {
    if (this.#askedAt !== null && this.#options.now() - this.#askedAt > SAME_PRESS_MS) this.#options.onForce();
    this.ask();
  }

  /** @throws StartInterrupted when a stop was requested */
  throwIfAsked(): void {
    if (this.#askedAt !== null) throw new StartInterrupted();
  }
}
