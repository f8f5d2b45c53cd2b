import type { FeedPosition } from '@souk/kit/messaging';

/** What a stream tells its readers. */
export interface StreamItem {
  /** Where it stands; null where there are no positions. */
  readonly place: {
    readonly position: FeedPosition;
    /** Whether it is of no event, and only says up to where its reader has all. */
    readonly isMark: boolean;
  } | null;
  /** About how much memory it takes. */
  readonly bytes: number;
}

/** Whether one place comes after another. Never, for two that cannot be compared. */
export function isAfter(one: FeedPosition, other: FeedPosition): boolean {
  return one.epoch === other.epoch && one.sequence > other.sequence;
}

/** The later of two places of one stream. */
export function laterOf(one: FeedPosition, other: FeedPosition | null): FeedPosition {
  return other && isAfter(other, one) ? other : one;
}

/** Those who come at the same time to a new gateway are at most a few events apart. */
const MOST_ITEMS = 32;
const MOST_BYTES = 64 * 1024;

/** The newest items of a stream, for readers who say after which position they want to go on. */
export class RecentItems<Item extends StreamItem> {
  #items: Item[] = [];
  #bytes = 0;
  #knownAfter: FeedPosition | null;
  #last: FeedPosition | null;

  /** @param begin everything after it will be added; null where that is not known yet. */
  constructor(begin: FeedPosition | null) {
    this.#knownAfter = begin;
    this.#last = begin;
  }

  /** Of the newest item; null before there is one. */
  get last(): FeedPosition | null {
    return this.#last;
  }

  add(item: Item): void {
    if (!item.place) return;
    this.#last = item.place.position;
    if (this.#knownAfter === null) this.#knownAfter = this.#last; // what came with it is not known: it is from the middle
    else if (!item.place.isMark) this.#keep(item);
  }

  /** Whether everything after a place is here, or still to come. */
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
