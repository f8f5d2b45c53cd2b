import type { FeedPosition } from '@souk/kit/messaging';

/** One item that a stream delivers: an event or a checkpoint. */
export interface StreamItem {
  /** The item's position. Null when events have no positions. */
  readonly place: {
    readonly position: FeedPosition;
    /**
     * Whether the item is a checkpoint. A checkpoint does not contain an event. It confirms that the reader has
     * everything up to the position.
     */
    readonly isCheckpoint: boolean;
  } | null;
  /** Approximate memory in bytes. */
  readonly bytes: number;
}

/** Whether `one` comes after `other`. False when the positions belong to different epochs. */
export function isAfter(one: FeedPosition, other: FeedPosition): boolean {
  return one.epoch === other.epoch && one.sequence > other.sequence;
}

/** The later of two positions of one stream. */
export function laterOf(one: FeedPosition, other: FeedPosition | null): FeedPosition {
  return other && isAfter(other, one) ? other : one;
}

/** The number of stored items. Readers that reconnect to a new gateway at the same time differ by at most a few events. */
const MOST_ITEMS = 32;
const MOST_BYTES = 64 * 1024;

/** The newest items of a stream, for readers that resume after a position. */
export class RecentItems<Item extends StreamItem> {
  #items: Item[] = [];
  #bytes = 0;
  #knownAfter: FeedPosition | null;
  #last: FeedPosition | null;

  /** @param begin the position after which all items will be added, or null when it is not known yet */
  constructor(begin: FeedPosition | null) {
    this.#knownAfter = begin;
    this.#last = begin;
  }

  /** The position of the newest item. Null before the first item. */
  get last(): FeedPosition | null {
    return this.#last;
  }

  add(item: Item): void {
    if (!item.place) return;
    this.#last = item.place.position;
    if (this.#knownAfter === null) this.#knownAfter = this.#last; // other items with the same position may be missing
    else if (!item.place.isCheckpoint) this.#keep(item);
  }

  /** Whether every item after the position is stored or still to come. */
  covers(place: FeedPosition): boolean {
    const from = this.#knownAfter;
    return from !== null && from.epoch === place.epoch && place.sequence >= from.sequence;
  }

  after(place: FeedPosition): readonly Item[] {
    return this.#items.filter((item) => item.place && isAfter(item.place.position, place));
  }

  #keep(item: Item): void {
    this.#items.push(item);
    this.#bytes += item.bytes;
    while (this.#items.length > MOST_ITEMS || this.#bytes > MOST_BYTES) {
      const oldest = this.#items.shift();
      if (!oldest) return;
      this.#bytes -= oldest.bytes;
      this.#knownAfter = oldest.place?.position ?? this.#knownAfter;
    }
  }
}
