/** Limits the total weight of a cache. Needed when clients choose the size of the entries. */
export interface CacheWeight<Key> {
  readonly of: (key: Key) => number;
  /** The maximum weight of all entries together. */
  readonly most: number;
}

/** A map that evicts the least recently used entries when it exceeds `capacity` or its maximum weight. */
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
    // When much space is free, the map will not evict entries soon. Moving the entry to the youngest position would
    // then cost more than the look-up.
    if (this.#entries.size * 2 < this.#capacity && this.#hasRoom(0.5)) return value;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

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

  /** The most recently used keys, the latest first. The order is approximate while the map has much free space. */
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
