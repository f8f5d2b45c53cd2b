import { setImmediate as turn } from 'node:timers/promises';

/** Where items come from. */
export interface StreamSource<Item> {
  /** Opens it, or says why not. */
  open(): Promise<Opened<Item>>;
  /** The last item of everybody when it breaks. */
  failed(error: unknown): Item;
}

/** `return()` of the items must end them at once, also while a `next()` waits. */
export type Opened<Item> = { readonly items: AsyncIterator<Item> } | { readonly refusal: Item };

/** Somebody who reads a stream. Neither method throws; how much waits for a slow client is the reader's to bound. */
export interface StreamReader<Item> {
  next(item: Item): void;
  /** No more come. Not called for a reader who left. */
  end(): void;
}

/** How many readers get an item before others have their turn: a large audience must not stop the process. */
const READERS_AT_ONCE = 1000;
/** How many items of a burst are told before connections get to send what they were given: they are not too slow yet. */
const ITEMS_AT_ONCE = 100;

/** A source and everybody who reads it. It closes with the last of them, and is not opened again. */
export class SharedStream<Item> {
  readonly #source: StreamSource<Item>;
  readonly #onClose: () => void;
  readonly #readers = new Set<StreamReader<Item>>();
  readonly #opening: Promise<Opened<Item>>;
  #closed = false;

  constructor(source: StreamSource<Item>, onClose: () => void) {
    this.#source = source;
    this.#onClose = onClose;
    this.#opening = source.open().catch((error: unknown) => ({ refusal: source.failed(error) }));
    void this.#pump();
  }

  /** The items from now on, or the one that says why there are none. Returns how to leave. */
  join(reader: StreamReader<Item>): () => void {
    this.#readers.add(reader);
    return () => this.#leave(reader);
  }

  async #pump(): Promise<void> {
    const opened = await this.#opening;
    if ('refusal' in opened) await this.#tell(opened.refusal);
    else await this.#copy(opened.items);
    await this.#close();
  }

  async #copy(items: AsyncIterator<Item>): Promise<void> {
    try {
      for (let told = 1; !this.#closed; told += 1) {
        const next = await items.next();
        if (next.done) return;
        await this.#tell(next.value);
        if (told % ITEMS_AT_ONCE === 0) await turn();
      }
    } catch (error) {
      await this.#tell(this.#source.failed(error));
    }
  }

  /** Those who read it now: who comes while it is told gets the next one. */
  async #tell(item: Item): Promise<void> {
    let told = 0;
    for (const reader of Array.from(this.#readers)) {
      if (told > 0 && told % READERS_AT_ONCE === 0) await turn();
      if (this.#readers.has(reader)) reader.next(item);
      told += 1;
    }
  }

  #leave(reader: StreamReader<Item>): void {
    this.#readers.delete(reader);
    if (this.#readers.size === 0) void this.#close();
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose(); // before anything waits: who comes now needs a new source
    const left = [...this.#readers];
    this.#readers.clear();
    for (const reader of left) reader.end();
    const opened = await this.#opening;
    try {
      if ('items' in opened) await opened.items.return?.();
    } catch (error) {
      this.#source.failed(error);
    }
  }
}
