import type { FeedPosition } from '@souk/kit/messaging';
import { setImmediate as turn } from 'node:timers/promises';
import { isAfter, laterOf, RecentItems, type StreamItem } from './recent-items.ts';

/** Where items come from. */
export interface StreamSource<Item> {
  /** Opens it, after a place or from now on; or says why not. */
  open(after: FeedPosition | null): Promise<Opened<Item>>;
  /** The last item of everybody when it breaks. */
  failed(error: unknown): Item;
  /** The item that tells a reader that he has all up to a place. */
  mark(place: FeedPosition): Item;
}

/** `return()` of the items must end them at once, also while a `next()` waits. */
export type Opened<Item> = { readonly items: AsyncIterator<Item> } | { readonly refusal: Item };

/** Somebody who reads a stream. Neither method throws; how much waits for a slow client is the reader's to bound. */
export interface StreamReader<Item> {
  next(item: Item): void;
  /** No more come. Not called for a reader who left. */
  end(): void;
}

/** What a stream tells those who keep it. */
export interface StreamHooks {
  /** Before its last item is told: who comes now needs a new source. */
  readonly onClose: () => void;
  /** After each item, when all readers have been told. */
  readonly onTold: () => void;
}

/** A reader's place in a stream, which may be moved to another. */
interface Seat<Item extends StreamItem> {
  readonly reader: StreamReader<Item>;
  stream: SharedStream<Item>;
  /** Set for a reader who is ahead of the stream: what is up to there he has had. */
  after: FeedPosition | null;
}

/** How many readers get an item before others have their turn: a large audience must not stop the process. */
const READERS_AT_ONCE = 1000;
/** How many items of a burst are told before connections get to send what they were given: they are not too slow yet. */
const ITEMS_AT_ONCE = 100;

/** A source and everybody who reads it. It closes with the last of them, and is not opened again. */
export class SharedStream<Item extends StreamItem> {
  readonly #source: StreamSource<Item>;
  readonly #hooks: StreamHooks;
  readonly #seats = new Set<Seat<Item>>();
  readonly #opening: Promise<Opened<Item>>;
  readonly #after: FeedPosition | null;
  readonly #recent: RecentItems<Item>;
  /** Whether it has told anything: until then it may turn out that it cannot go on where it was to. */
  #hasBegun = false;
  #isTelling = false;
  #isPresent: boolean;
  #lastMark: Item | null = null;
  /** How many seats have an `after`. */
  #ahead = 0;
  #retired = false;
  #closed = false;

  /** @param after the place after which it begins; null for now. */
  constructor(source: StreamSource<Item>, after: FeedPosition | null, hooks: StreamHooks) {
    this.#source = source;
    this.#hooks = hooks;
    this.#after = after;
    this.#recent = new RecentItems(after);
    this.#isPresent = after === null;
    this.#opening = source.open(after).catch((error: unknown) => ({ refusal: source.failed(error) }));
    void this.#pump();
  }

  /** Whether it tells what happens now; not yet while it catches up. */
  get isPresent(): boolean {
    return this.#isPresent;
  }

  /**
   * Whether a reader who was at a place can go on here. One that has not begun may yet be
   * refused, for a place that others do not have.
   */
  covers(place: FeedPosition): boolean {
    if (this.#hasBegun) return this.#recent.covers(place);
    return this.#after?.epoch === place.epoch && this.#after.sequence === place.sequence;
  }

  /** The items after a place, or from now on; or the one that says why there are none. Returns how to leave. */
  join(reader: StreamReader<Item>, after: FeedPosition | null): () => void {
    const seat: Seat<Item> = { reader, stream: this, after: null };
    this.#add(seat, after);
    return () => seat.stream.#leave(seat);
  }

  /** Takes another stream's readers, when it can go on where they are; that one closes. Gives whether it did. */
  takeOver(other: SharedStream<Item>): boolean {
    const last = other.#recent.last;
    if (other.#isTelling || other.#retired || this.#retired || !this.#hasBegun) return false;
    if (!last || !this.#recent.covers(last)) return false;
    const seats = [...other.#seats];
    other.#seats.clear();
    for (const seat of seats) this.#add(seat, laterOf(last, seat.after));
    void other.#close();
    return true;
  }

  #add(seat: Seat<Item>, after: FeedPosition | null): void {
    const { last } = this.#recent;
    seat.stream = this;
    seat.after = after && last && isAfter(after, last) ? after : null;
    if (seat.after) this.#ahead += 1;
    this.#seats.add(seat);
    if (!this.#hasBegun || !last) return;
    const missed = after ? this.#recent.after(after) : [];
    for (const item of missed) if (this.#seats.has(seat)) seat.reader.next(item);
    // Who has no position yet has one now, and who has an old one a newer.
    const knows = after !== null && !isAfter(last, missed.at(-1)?.place?.position ?? after);
    if (!knows && this.#seats.has(seat)) seat.reader.next(this.#markAt(last));
  }

  #markAt(place: FeedPosition): Item {
    const known = this.#lastMark;
    if (known?.place?.position.sequence === place.sequence) return known;
    return (this.#lastMark = this.#source.mark(place));
  }

  async #pump(): Promise<void> {
    const opened = await this.#opening;
    if ('refusal' in opened) await this.#tellLast(opened.refusal);
    else await this.#copy(opened.items);
    await this.#close();
  }

  async #copy(items: AsyncIterator<Item>): Promise<void> {
    try {
      for (let told = 1; !this.#closed; told += 1) {
        const next = await items.next();
        if (next.done) return;
        this.#hasBegun = true;
        await this.#tell(next.value);
        this.#hooks.onTold();
        if (told % ITEMS_AT_ONCE === 0) await turn();
      }
    } catch (error) {
      await this.#tellLast(this.#source.failed(error));
    }
  }

  async #tellLast(item: Item): Promise<void> {
    this.#retire();
    await this.#tell(item);
  }

  /** Those who read it now: who comes while it is told gets the next one. */
  async #tell(item: Item): Promise<void> {
    this.#isTelling = true;
    this.#recent.add(item);
    if (item.place?.isMark) this.#isPresent = true;
    let told = 0;
    for (const seat of Array.from(this.#seats)) {
      if (told > 0 && told % READERS_AT_ONCE === 0) await turn();
      if (this.#seats.has(seat) && !(this.#ahead > 0 && this.#hadAlready(seat, item))) seat.reader.next(item);
      told += 1;
    }
    this.#isTelling = false;
  }

  #hadAlready(seat: Seat<Item>, { place }: Item): boolean {
    if (!seat.after || !place) return false;
    if (!isAfter(place.position, seat.after)) return true;
    seat.after = null;
    this.#ahead -= 1;
    return false;
  }

  #leave(seat: Seat<Item>): void {
    if (!this.#seats.delete(seat)) return;
    if (seat.after) this.#ahead -= 1;
    if (this.#seats.size === 0) void this.#close();
  }

  #retire(): void {
    if (this.#retired) return;
    this.#retired = true;
    this.#hooks.onClose();
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#retire(); // before anything waits
    const left = [...this.#seats];
    this.#seats.clear();
    for (const { reader } of left) reader.end();
    const opened = await this.#opening;
    try {
      if ('items' in opened) await opened.items.return?.();
    } catch (error) {
      this.#source.failed(error);
    }
  }
}
