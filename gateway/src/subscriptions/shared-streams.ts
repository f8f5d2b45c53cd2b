import { SharedStream, type StreamReader, type StreamSource } from './shared-stream.ts';

/** One source for all who ask for the same: it opens with the first of them and closes with the last. */
export class SharedStreams<Item> {
  readonly #streams = new Map<string, SharedStream<Item>>();

  /** How many sources are open. */
  get size(): number {
    return this.#streams.size;
  }

  /**
   * The items from now on, or the one that says why there are none. `source` makes one when nobody has this key yet.
   * Returns how to leave.
   */
  join(key: string, source: () => StreamSource<Item>, reader: StreamReader<Item>): () => void {
    return (this.#streams.get(key) ?? this.#start(key, source())).join(reader);
  }

  #start(key: string, source: StreamSource<Item>): SharedStream<Item> {
    const stream = new SharedStream(source, () => this.#streams.delete(key));
    this.#streams.set(key, stream);
    return stream;
  }
}
