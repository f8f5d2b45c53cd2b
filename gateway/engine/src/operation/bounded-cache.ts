/** For entries that may be of very different size, as far as a client chooses it. */
export interface CacheWeight<Key> {
  readonly of: (key: Key) => number;
  /** Of all entries together. */
  readonly most: number;
}

/** A map that forgets what was not used for longest when it grows beyond `capacity` entries, or beyond its weight. */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #capacity: number;
  readonly #weight: CacheWeight<Key> | null;
  #weighs = 0;

  constructor(capacity: number, weight: CacheWeight<Key> | null = null) {
    this.#capacity = capacity;
    this.#weight = weight;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // While there is much room nothing will be forgotten, and the order costs more than the look-up.
    if (this.#entries.size * 2 < this.#capacity && this.#hasRoom(0.5)) return value;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** Remembers the value and gives it back. */
  set(key: Key, value: Value): Value {
    this.#forget(key);
    this.#entries.set(key, value);
    this.#weighs += this.#weight?.of(key) ?? 0;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity && this.#hasRoom(1)) break;
      this.#forget(oldest);
    }
    return value;
  }

  /** The keys that were used last, as far as that is known, the last one first. */
  youngest(most: number): readonly Key[] {
    return [...this.#entries.keys()].slice(-most).toReversed();
  }

  clear(): void {
    this.#entries.clear();
    this.#weighs = 0;
  }

  #forget(key: Key): void {
    if (this.#entries.delete(key)) this.#weighs -= this.#weight?.of(key) ?? 0;
  }

  #hasRoom(share: number): boolean {
    return this.#weight === null || this.#weighs <= this.#weight.most * share;
  }
}
