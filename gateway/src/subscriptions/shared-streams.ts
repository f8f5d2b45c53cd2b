import type { FeedPosition } from '@souk/kit/messaging';
import type { StreamItem } from './recent-items.ts';
import { SharedStream, type StreamReader, type StreamSource } from './shared-stream.ts';

/**
 * Shares one source among equal subscribers. The source opens with the first subscriber and closes with the last. A reader that resumes
 * after a position which the shared source does not cover gets a separate source, until that source has caught up.
 */
export class SharedStreams<Item extends StreamItem> {
  /** Streams by subscription key, ordered from the oldest to the youngest. */
  readonly #streams = new Map<string, SharedStream<Item>[]>();
  #size = 0;

  /** The number of open sources. */
  get size(): number {
    return this.#size;
  }

  /**
   * Delivers the items after a position, or all new items. When the source refuses, the reader receives a single item with the reason.
   * `source` is called only when no open stream covers the position.
   * @returns a function that removes the reader
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
      onDelivered: () => this.#merge(key),
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

  /** Moves the readers of younger streams to an older stream that covers their positions. */
  #merge(key: string): void {
    const streams = this.#streams.get(key) ?? [];
    for (let place = streams.length - 1; place > 0; place -= 1) {
      const younger = streams[place];
      if (younger) streams.slice(0, place).find((older) => older.takeOver(younger));
    }
  }
}
