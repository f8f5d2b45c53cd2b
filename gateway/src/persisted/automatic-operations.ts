/**
 * Where texts are kept that clients have sent once with their hash, so that they need not send them again (automatic persisted
 * queries). What is forgotten is sent again; so a store may forget, and one that fails may answer null.
 */
export interface AutomaticOperations {
  /** By sha256 in hex; null when there is none. */
  get(sha256: string): string | null | Promise<string | null>;
  /** The caller has checked that the hash is that of the text. */
  set(sha256: string, text: string): void | Promise<void>;
}

/** How much a process remembers. */
export interface MemoryLimits {
  /** Of all texts together, in characters; the hash of each, and what it takes to find it by it, are 200 more. */
  readonly characters: number;
  /** A longer text is not remembered: it would push out a hundred others. */
  readonly charactersOfOne: number;
}

const LIMITS: MemoryLimits = { characters: 8 * 1024 * 1024, charactersOfOne: 64 * 1024 };

/** What a text takes besides, so that millions of short ones do not fill the memory. */
const OVERHEAD = 200;

/** In this process. It forgets what was not used for longest. */
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
    this.#texts.delete(sha256); // the youngest is last
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
