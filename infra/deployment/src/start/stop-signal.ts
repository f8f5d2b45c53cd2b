/** Thrown by a start that was asked to stop before it had finished. */
export class StartInterrupted extends Error {}

/**
 * One Ctrl-C arrives up to three times: from the terminal, npm and the launcher. Signals within this time after the first signal count as
 * one. In ms.
 */
const SAME_PRESS_MS = 1_000;

export interface StopSignalOptions {
  readonly now: () => number;
  /** Called on a second Ctrl-C. */
  readonly onForce: () => void;
}

/** Whether Souk was asked to stop, and when. */
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

  /** @throws StartInterrupted after a request to stop */
  throwIfAsked(): void {
    if (this.#askedAt !== null) throw new StartInterrupted();
  }
}
