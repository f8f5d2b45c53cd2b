import type { FeedPosition } from '@souk/kit/messaging';
import type { StreamItem } from './recent-items.ts';
import { SharedStream, type StreamReader, type StreamSource } from './shared-stream.ts';

/**
 * One source for all who ask for the same: it opens with the first of them and closes with the last. Who wants to go on after a
 * place that it does not know has a source of his own, until that has caught up.
 */
export class SharedStreams<Item extends StreamItem> {
  /** Of a key, the oldest first. */
  readonly #streams = new Map<string, SharedStream<Item>[]>();
  #size = 0;

  /** How many sources are open. */
  get size(): number {
    return this.#size;
  }

  /**
   * The items after a place, or from now on; or the one that says why there are none. `source` makes one when there is none that
   * has them. Returns how to leave.
   */
  join(
    key: string,
    source: () => StreamSource<Item>,
    reader: StreamReader<Item>,
    after: FeedPosition | null = null,
  ): () => void {
    const known = this.#streams.get(key)?.find((each) => (after ? each.covers(after) : each.isPresent));
    return (known ?? this.#start(key, source(), after)).join(reader, after);
  }

  #start(key: string, source: StreamSource<Item>, after: FeedPosition | null): SharedStream<Item> {
    const stream: SharedStream<Item> = new SharedStream(source, after, {
      onClose: () => this.#remove(key, stream),
      onTold: () => this.#merge(key),
    });
    this.#streams.set(key, [...(this.#streams.get(key) ?? []), stream]);
    this.#size += 1;
    return stream;
  }

  #remove(key: string, stream: SharedStream<Item>): void {
    const others = this.#streams.get(key)?.filter((each) => each !== stream) ?? [];
    if (others.length > 0) this.#streams.set(key, others);
    else this.#streams.delete(key);
    this.#size -= 1;
  }

  /** A younger stream's readers go to an older one as soon as that knows what comes after what they had. */
  #merge(key: string): void {
    const streams = this.#streams.get(key) ?? [];
    for (let place = streams.length - 1; place > 0; place -= 1) {
      const younger = streams[place];
      if (younger) streams.slice(0, place).find((older) => older.takeOver(younger));
    }
  }
}
