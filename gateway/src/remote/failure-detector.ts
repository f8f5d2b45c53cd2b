/** How long a process may leave requests unanswered before it counts as silent, in milliseconds. */
const SILENT_MS = 1000;

/**
 * Detects processes that do not answer at all. A frozen or unplugged process keeps its connections open, so requests to it fail only at
 * their deadline. Until then the only symptom is that requests are open and no answer arrives.
 */
export class FailureDetector {
  readonly #owed: number[];
  readonly #lastSignMs: number[];
  readonly #nowMs: () => number;

  constructor(size: number, nowMs: () => number) {
    this.#owed = Array.from({ length: size }, () => 0);
    this.#lastSignMs = Array.from({ length: size }, () => 0);
    this.#nowMs = nowMs;
  }

  /** Runs a request to a process. An answer and an error both prove that the process is alive. */
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

  /**
   * Whether requests to the process are open and it has not answered any request for a while. A process with a single slow request looks
   * the same.
   */
  isSilent(index: number): boolean {
    return (this.#owed[index] ?? 0) > 0 && this.#quietMs(index) > SILENT_MS;
  }

  /**
   * Resolves with true when the process becomes silent before it answers this request. Resolves with false when the request settles first.
   */
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
