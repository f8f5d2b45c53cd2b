import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The maximum pause between a failed read and the next read, in ms. Each pause is a random time from half of the
 * maximum to the maximum.
 */
const PAUSE_MS = 1000;

/** Repeats a function, one round after the other, until `stop` is called. A pause follows a failed round. */
export class ReadingLoop {
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  /** @param round reads once, and must end early when its signal is aborted */
  constructor(round: (stopping: AbortSignal) => Promise<void>, onError: (error: unknown) => void) {
    this.#running = this.#run(round, onError);
  }

  /** Resolves when the running round has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(round: (stopping: AbortSignal) => Promise<void>, onError: (error: unknown) => void): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await round(signal);
      } catch (error) {
        if (signal.aborted) return;
        onError(error);
        await pause(PAUSE_MS * (0.5 + Math.random() / 2), signal);
      }
    }
  }
}

/** Waits. Ends early, without an error, when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
