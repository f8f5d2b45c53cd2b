import { SharedStream, type StreamSource, type SubscriberTerms } from './shared-stream.ts';

/** One source for all who ask for the same: it opens with the first of them and closes with the last. */
export class SharedStreams<Item> {
  readonly #terms: SubscriberTerms<Item>;
  readonly #streams = new Map<string, SharedStream<Item>>();

  constructor(terms: SubscriberTerms<Item>) {
    this.#terms = terms;
  }

  /** How many sources are open. */
  get size(): number {
    return this.#streams.size;
  }

  /** The items from now on, or why there are none. The source is used when nobody has this key yet. */
  join(key: string, source: StreamSource<Item>): Promise<AsyncIterableIterator<Item> | { readonly refusal: Item }> {
    return (this.#streams.get(key) ?? this.#start(key, source)).join();
  }

  #start(key: string, source: StreamSource<Item>): SharedStream<Item> {
    const stream = new SharedStream(source, this.#terms, () => this.#streams.delete(key));
    this.#streams.set(key, stream);
    return stream;
  }
}
