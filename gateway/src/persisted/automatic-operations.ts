/**
 * Stores operation texts by their hash, so later requests need only the hash (automatic persisted queries). A store may forget texts or
 * fail, because clients then send the text again.
 */
export interface AutomaticOperations {
  /** Finds the text of an operation by its SHA-256 in hexadecimal. Null when the store does not have the text. */
  get(sha256: string): string | null | Promise<string | null>;
  /** Stores the text of an operation. The caller must have checked that `sha256` is the hash of the text. */
  set(sha256: string, text: string): void | Promise<void>;
}

/** Limits of the memory for operation texts in one process. */
export interface MemoryLimits {
  /**
   * The maximum size of all operation texts together, in characters. Each text counts 200 characters more for its hash
   * and its entry.
   */
  readonly characters: number;
  /**
   * The maximum size of one operation text, in characters. A longer text is not stored, because it would evict a
   * hundred other texts.
   */
  readonly charactersOfOne: number;
}

const LIMITS: MemoryLimits = { characters: 8 * 1024 * 1024, charactersOfOne: 64 * 1024 };

/**
 * The size of an entry in addition to its text, in characters. Without this addition, millions of short texts could
 * fill the memory.
 */
const OVERHEAD = 200;

/** Stores operation texts in this process. Evicts the least recently used texts. */
export class AutomaticOperationsInMemory implements AutomaticOperations {
  readonly #texts = new Map<string, string>();
  readonly #limits: MemoryLimits;
  #characters = 0;

  constructor(limits: MemoryLimits = LIMITS) {
    this.#limits = limits;
  }

  get(sha256: string): string | null {
    const text = this.#texts.get(sha256);
    if (text === undefined) return null;
    this.#texts.delete(sha256); // the newest entry is last
    this.#texts.set(sha256, text);
    return text;
  }

  set(sha256: string, text: string): void {
    if (text.length > this.#limits.charactersOfOne || this.#texts.has(sha256)) return;
    this.#texts.set(sha256, text);
    this.#characters += text.length + OVERHEAD;
    for (const [oldest, { length }] of this.#texts) {
      if (this.#characters <= this.#limits.characters) return;
      this.#texts.delete(oldest);
      this.#characters -= length + OVERHEAD;
    }
  }
}
