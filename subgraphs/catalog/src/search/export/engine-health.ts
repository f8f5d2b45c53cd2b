/** The pause in ms after a failure. Then one request tries the engine again. */
const PAUSE_MS = 1_000;

/** Notices of a change between the states of an engine. */
export interface HealthListener {
  away(error: unknown): void;
  back(): void;
}

/** Whether an engine answers, judged by the last requests to it. */
export class EngineHealth {
  readonly #listener: HealthListener;
  readonly #nowMs: () => number;
  #state: 'UNKNOWN' | 'AVAILABLE' | 'AWAY' = 'UNKNOWN';
  #retryAtMs = 0;

  /** @param nowMs the current time in milliseconds @default the monotonic clock of this process */
  constructor(listener: HealthListener, nowMs: () => number = () => performance.now()) {
    this.#listener = listener;
    this.#nowMs = nowMs;
  }

  /** Whether the engine answered the last request. */
  get isAvailable(): boolean {
    return this.#state === 'AVAILABLE';
  }

  /** Whether a request may go to the engine. While the engine is away, one request a second may. */
  mayTry(): boolean {
    if (this.#state !== 'AWAY') return true;
    const now = this.#nowMs();
    if (now < this.#retryAtMs) return false;
    this.#retryAtMs = now + PAUSE_MS;
    return true;
  }

  answered(): void {
    if (this.#state === 'AVAILABLE') return;
    this.#state = 'AVAILABLE';
    this.#listener.back();
  }

  failed(error: unknown): void {
    this.#retryAtMs = this.#nowMs() + PAUSE_MS;
    if (this.#state === 'AWAY') return;
    this.#state = 'AWAY';
    this.#listener.away(error);
  }
}
