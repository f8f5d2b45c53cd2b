import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before a reader that failed tries again: between half and all of this. */
const PAUSE_MS = 1000;

/** Does something again and again until it is stopped; a failure costs a pause. */
export class ReadingLoop {
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  /** @param round ends early when the signal tells it to. */
  constructor(round: (stopping: AbortSignal) => Promise<void>, onError: (error: unknown) => void) {
    this.#running = this.#run(round, onError);
  }

  /** Resolves when the round under way has ended. */
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

/** Ends early, without an error, when the signal comes. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Resolves when the signal comes. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
