import { BoundedQueue } from './bounded-queue.ts';

/** Where items come from. */
export interface StreamSource<Item> {
  /** Opens it, or says why not. */
  open(): Promise<Opened<Item>>;
  /** The last item of everybody when it breaks. */
  failed(error: unknown): Item;
}

/** `return()` of the items must end them at once, also while a `next()` waits. */
export type Opened<Item> = { readonly items: AsyncIterator<Item> } | { readonly refusal: Item };

/** What subscribers can expect. */
export interface SubscriberTerms<Item> {
  /** How many items may wait for one of them. */
  readonly capacity: number;
  /** The last item of one who was too slow. */
  readonly overflow: () => Item;
}

/** A source and everybody who reads it. It closes with the last of them, and is not opened again. */
export class SharedStream<Item> {
  readonly #source: StreamSource<Item>;
  readonly #terms: SubscriberTerms<Item>;
  readonly #onClose: () => void;
  readonly #subscribers = new Set<BoundedQueue<Item>>();
  readonly #opening: Promise<Opened<Item>>;
  #closed = false;

  constructor(source: StreamSource<Item>, terms: SubscriberTerms<Item>, onClose: () => void) {
    this.#source = source;
    this.#terms = terms;
    this.#onClose = onClose;
    this.#opening = source.open().catch((error: unknown) => ({ refusal: source.failed(error) }));
    void this.#pump();
  }

  /** The items from now on, or why there are none. */
  async join(): Promise<AsyncIterableIterator<Item> | { readonly refusal: Item }> {
    const queue = new BoundedQueue<Item>({ ...this.#terms, onEnd: () => this.#leave(queue) });
    this.#subscribers.add(queue);
    const opened = await this.#opening;
    return 'refusal' in opened ? opened : queue;
  }

  async #pump(): Promise<void> {
    const opened = await this.#opening;
    if ('items' in opened) await this.#copy(opened.items);
    await this.#close();
  }

  async #copy(items: AsyncIterator<Item>): Promise<void> {
    try {
      while (!this.#closed) {
        const next = await items.next();
        if (next.done) return;
        for (const queue of this.#subscribers) queue.push(next.value);
      }
    } catch (error) {
      const last = this.#source.failed(error);
      for (const queue of this.#subscribers) queue.push(last);
    }
  }

  #leave(queue: BoundedQueue<Item>): void {
    this.#subscribers.delete(queue);
    if (this.#subscribers.size === 0) void this.#close();
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose(); // before anything waits: who comes now needs a new source
    for (const queue of this.#subscribers) queue.end();
    const opened = await this.#opening;
    try {
      if ('items' in opened) await opened.items.return?.();
    } catch (error) {
      this.#source.failed(error);
    }
  }
}
