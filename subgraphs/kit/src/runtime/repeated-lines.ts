const EVERY_MS = 60_000;
/** Maximum number of remembered texts. Texts may contain ids, so their number is otherwise unlimited. */
const MOST_TEXTS = 100;

interface Written {
  readonly atMs: number;
  omitted: number;
}

/**
 * Keeps frequent failures from filling the log. The first line with a text is written immediately, and further lines with the same text at
 * most once a minute.
 */
export class RepeatedLines {
  readonly #nowMs: () => number;
  readonly #written = new Map<string, Written>();

  /** @param nowMs returns the current time in milliseconds @default the monotonic clock of this process */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * Calls `write` unless the same text was written less than a minute ago. Passes the number of lines that were omitted since the last call
   * of `write`.
   */
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

/** The text of an error. Two errors with the same text count as the same error. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
