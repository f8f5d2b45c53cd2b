import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The entries of an emulator's books, in memory, and in a file that survives a restart. */
export class Journal<Entry> {
  readonly #file: string | null;
  readonly #keep: (entry: Entry) => void;

  /**
   * @param file one JSON entry a line; null: memory only
   * @param keep applies an entry to the memory, at once and after a restart
   */
  constructor(file: string | null, keep: (entry: Entry) => void) {
    this.#file = file;
    this.#keep = keep;
    if (file === null) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      // A crash may have left half a line at the end.
      const entry = parsed<Entry>(line);
      if (entry !== null) keep(entry);
    }
  }

  record(entry: Entry): void {
    this.#keep(entry);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }
}

function parsed<Entry>(line: string): Entry | null {
  if (line === '') return null;
  try {
    return JSON.parse(line) as Entry; // written by this class
  } catch {
    return null;
  }
}
