/** How long a process that owes answers may give none before it counts as silent. */
const SILENT_MS = 1000;

/**
 * Watches which of several processes answer at all. One that hangs, frozen or unplugged, keeps its connections open: nothing fails until
 * the time of a request is over. But it gives no sign, while it is asked.
 */
export class Vigil {
  readonly #owed: number[];
  readonly #lastSignMs: number[];
  readonly #nowMs: () => number;

  constructor(size: number, nowMs: () => number) {
    this.#owed = Array.from({ length: size }, () => 0);
    this.#lastSignMs = Array.from({ length: size }, () => 0);
    this.#nowMs = nowMs;
  }

  /** Runs a request to a process. Whatever comes of it is a sign. */
  async over<Answer>(index: number, request: () => Promise<Answer>): Promise<Answer> {
    const owed = this.#owed[index] ?? 0;
    if (owed === 0) this.#lastSignMs[index] = this.#nowMs();
    this.#owed[index] = owed + 1;
    try {
      return await request();
    } finally {
      this.#owed[index] = (this.#owed[index] ?? 1) - 1;
      this.#lastSignMs[index] = this.#nowMs();
    }
  }

  /** Whether it has been asked and gave no sign for too long. One request that takes its time, alone, looks the same. */
  isSilent(index: number): boolean {
    return (this.#owed[index] ?? 0) > 0 && this.#quietMs(index) > SILENT_MS;
  }

  /** Resolves with true when the process is silent before it has answered this request, and else with false when it has. */
  hangs(index: number, answer: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const lookIn = (ms: number) => (timer = setTimeout(look, ms));
      const look = () => {
        if (this.isSilent(index)) resolve(true);
        else lookIn(Math.max(SILENT_MS - this.#quietMs(index), 0) + 1);
      };
      lookIn(SILENT_MS + 1);
      const answered = () => {
        clearTimeout(timer);
        resolve(false);
      };
      void answer.then(answered, answered);
    });
  }

  #quietMs(index: number): number {
    return this.#nowMs() - (this.#lastSignMs[index] ?? 0);
  }
}
