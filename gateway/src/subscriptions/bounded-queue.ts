/** How a subscriber's queue behaves at its ends. */
export interface BoundedQueueOptions<Item> {
  /** How many items may wait. */
  readonly capacity: number;
  /** The last item of a subscriber who was too slow: why nothing more comes. */
  readonly overflow: () => Item;
  /** Called once, when nobody will read any more. */
  readonly onEnd: () => void;
}

/**
 * Items for one reader, who may read slower than they come, for a while: with `capacity` of them waiting the reader is
 * told so and dropped, rather than held in memory for ever.
 */
export class BoundedQueue<Item> implements AsyncIterableIterator<Item, undefined> {
  readonly #options: BoundedQueueOptions<Item>;
  #waiting: Item[] = [];
  #reader: ((result: IteratorResult<Item, undefined>) => void) | null = null;
  #ended = false;

  constructor(options: BoundedQueueOptions<Item>) {
    this.#options = options;
  }

  push(item: Item): void {
    if (this.#ended) return;
    if (this.#reader) this.#answer({ done: false, value: item });
    else if (this.#waiting.length < this.#options.capacity) this.#waiting.push(item);
    else {
      this.#waiting = [this.#options.overflow()];
      this.end();
    }
  }

  /** No more items; those that wait are still read. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#answer({ done: true, value: undefined });
    this.#options.onEnd();
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    const [item] = this.#waiting.splice(0, 1);
    if (item !== undefined) return { done: false, value: item };
    if (this.#ended) return { done: true, value: undefined };
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  /** The reader leaves. */
  async return(): Promise<IteratorResult<Item, undefined>> {
    this.#waiting = [];
    this.end();
    return { done: true, value: undefined };
  }

  async throw(): Promise<IteratorResult<Item, undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #answer(result: IteratorResult<Item, undefined>): void {
    const reader = this.#reader;
    this.#reader = null;
    reader?.(result);
  }
}
