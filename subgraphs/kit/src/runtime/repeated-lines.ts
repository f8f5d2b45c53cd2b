const EVERY_MS = 60_000;
/** Texts that are remembered: some hold ids, and no two are equal. */
const MOST_TEXTS = 100;

interface Written {
  readonly atMs: number;
  omitted: number;
}

/** Keeps what fails many times a second from filling the log: each text is written at once, and then once a minute. */
export class RepeatedLines {
  readonly #nowMs: () => number;
  readonly #written = new Map<string, Written>();

  /** @param nowMs default: the time of this process. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Calls `write` unless the same text was written less than a minute ago, with the number of lines that were left out since. */
  write(text: string, write: (omitted: { readonly omittedLines?: number }) => void): void {
    const known = this.#written.get(text);
    const atMs = this.#nowMs();
    if (known && atMs - known.atMs < EVERY_MS) {
      known.omitted += 1;
      return;
    }
    if (this.#written.size >= MOST_TEXTS) this.#written.clear();
    this.#written.set(text, { atMs, omitted: 0 });
    write(known && known.omitted > 0 ? { omittedLines: known.omitted } : {});
  }
}

/** What says that two errors are of one kind. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
