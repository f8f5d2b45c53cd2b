/** A map that forgets what was not used for longest when it grows beyond `capacity` entries. */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // While there is much room nothing will be forgotten, and the order costs more than the look-up.
    if (this.#entries.size * 2 < this.#capacity) return value;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** Remembers the value and gives it back. */
  set(key: Key, value: Value): Value {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(oldest);
    }
    return value;
  }

  /** The keys that were used last, as far as that is known, the last one first. */
  youngest(most: number): readonly Key[] {
    return [...this.#entries.keys()].slice(-most).toReversed();
  }

  clear(): void {
    this.#entries.clear();
  }
}
