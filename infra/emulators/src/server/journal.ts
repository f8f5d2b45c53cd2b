import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** An append-only log of an emulator's data. With a file, the data survives a restart. */
export class Journal<Entry> {
  readonly #file: string | null;
  readonly #keep: (entry: Entry) => void;

  /**
   * @param file path of a file with one JSON entry per line. Null keeps the data in memory only
   * @param keep applies an entry to the state in memory. Called for each new entry, and for each stored entry after a
   * restart
   */
  constructor(file: string | null, keep: (entry: Entry) => void) {
    this.#file = file;
    this.#keep = keep;
    if (file === null) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      // A crash may leave an incomplete last line.
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
