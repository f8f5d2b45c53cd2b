import type { FeedPosition } from '@souk/kit/messaging';
import { setImmediate as turn } from 'node:timers/promises';
import { isAfter, laterOf, RecentItems, type StreamItem } from './recent-items.ts';

/** The source of a stream's items: one subscription at a subgraph. */
export interface StreamSource<Item> {
  /**
   * Opens the source after a position, or with new items. A source that cannot open returns a refusal: the item that reports the reason.
   */
  open(after: FeedPosition | null): Promise<Opened<Item>>;
  /** The last item that all readers receive when the source fails. */
  failed(error: unknown): Item;
  /** The item that confirms that a reader has everything up to a position. */
  checkpoint(place: FeedPosition): Item;
}

/** An open source, or a refusal. `return()` of the iterator must end the items immediately, even while `next()` is pending. */
export type Opened<Item> = { readonly items: AsyncIterator<Item> } | { readonly refusal: Item };

/** A reader of a stream. Its methods must not throw. The reader limits the queue of a slow client. */
export interface StreamReader<Item> {
  next(item: Item): void;
  /** Called when the stream has ended. Not called after the reader has left. */
  end(): void;
}

/** Callbacks for the owner of a stream. */
export interface StreamHooks {
  /** Called before the last item is delivered. A reader that joins later needs a new source. */
  readonly onClose: () => void;
  /** Called after an item was delivered to all readers. */
  readonly onDelivered: () => void;
}

/** A reader, and the stream to which it belongs now. The reader may move to another stream. */
interface Subscriber<Item extends StreamItem> {
  readonly reader: StreamReader<Item>;
  stream: SharedStream<Item>;
  /** The position up to which the reader already has the items. Null unless the reader is ahead of the stream. */
  after: FeedPosition | null;
}

/** The number of readers that get an item in one turn of the event loop. The limit keeps a large audience from blocking the process. */
const READERS_AT_ONCE = 1000;
/**
 * The number of items of a burst that are delivered in one turn of the event loop. Connections send their queues between the turns, so a
 * burst does not overflow a queue.
 */
const ITEMS_AT_ONCE = 100;

/** A source and all its readers. The stream closes when its last reader leaves. A closed stream cannot be opened again. */
export class SharedStream<Item extends StreamItem> {
  readonly #source: StreamSource<Item>;
  readonly #hooks: StreamHooks;
  readonly #subscribers = new Set<Subscriber<Item>>();
  readonly #opening: Promise<Opened<Item>>;
  readonly #after: FeedPosition | null;
  readonly #recent: RecentItems<Item>;
  /** Whether the stream has delivered an item. Before that, the source may still refuse to resume after the position. */
  #hasBegun = false;
  #isDelivering = false;
  #isPresent: boolean;
  #lastCheckpoint: Item | null = null;
  /** The number of subscribers that already have items which the stream delivers next (their `after` is set). */
  #ahead = 0;
  #retired = false;
  #closed = false;

  /** @param after the position after which the stream begins, or null when the stream begins with new items */
  constructor(source: StreamSource<Item>, after: FeedPosition | null, hooks: StreamHooks) {
    this.#source = source;
    this.#hooks = hooks;
    this.#after = after;
    this.#recent = new RecentItems(after);
    this.#isPresent = after === null;
    this.#opening = source.open(after).catch((error: unknown) => ({ refusal: source.failed(error) }));
    void this.#pump();
  }

  /** Whether the stream delivers new events. False while it catches up with older events. */
  get isPresent(): boolean {
    return this.#isPresent;
  }

  /**
   * Whether a reader at this position can continue with this stream. Before its first item a stream covers only the position at which it
   * starts, because the source may still refuse the subscription.
   */
  covers(place: FeedPosition): boolean {
    if (this.#hasBegun) return this.#recent.covers(place);
    return this.#after?.epoch === place.epoch && this.#after.sequence === place.sequence;
  }

  /**
   * Delivers the items after a position, or all new items. When the source refuses, the reader receives a single item with the reason.
   * @returns a function that removes the reader
   */
  join(reader: StreamReader<Item>, after: FeedPosition | null): () => void {
    const subscriber: Subscriber<Item> = { reader, stream: this, after: null };
    this.#add(subscriber, after);
    return () => subscriber.stream.#leave(subscriber);
  }

  /**
   * Moves the readers of another stream to this stream, if this stream covers their positions. The other stream then closes.
   * @returns whether the readers were moved
   */
  takeOver(other: SharedStream<Item>): boolean {
    const last = other.#recent.last;
    if (other.#isDelivering || other.#retired || this.#retired || !this.#hasBegun) return false;
    if (!last || !this.#recent.covers(last)) return false;
    const subscribers = [...other.#subscribers];
    other.#subscribers.clear();
    for (const subscriber of subscribers) this.#add(subscriber, laterOf(last, subscriber.after));
    void other.#close();
    return true;
  }

  #add(subscriber: Subscriber<Item>, after: FeedPosition | null): void {
    const { last } = this.#recent;
    subscriber.stream = this;
    subscriber.after = after && last && isAfter(after, last) ? after : null;
    if (subscriber.after) this.#ahead += 1;
    this.#subscribers.add(subscriber);
    if (!this.#hasBegun || !last) return;
    const missed = after ? this.#recent.after(after) : [];
    for (const item of missed) if (this.#subscribers.has(subscriber)) subscriber.reader.next(item);
    // A reader without a position, or with an older position, gets a checkpoint with the latest position.
    const knows = after !== null && !isAfter(last, missed.at(-1)?.place?.position ?? after);
    if (!knows && this.#subscribers.has(subscriber)) subscriber.reader.next(this.#checkpointAt(last));
  }

  #checkpointAt(place: FeedPosition): Item {
    const known = this.#lastCheckpoint;
    if (known?.place?.position.sequence === place.sequence) return known;
    return (this.#lastCheckpoint = this.#source.checkpoint(place));
  }

  async #pump(): Promise<void> {
    const opened = await this.#opening;
    if ('refusal' in opened) await this.#deliverLast(opened.refusal);
    else await this.#copy(opened.items);
    await this.#close();
  }

  async #copy(items: AsyncIterator<Item>): Promise<void> {
    try {
      for (let delivered = 1; !this.#closed; delivered += 1) {
        const next = await items.next();
        if (next.done) return;
        this.#hasBegun = true;
        await this.#deliver(next.value);
        this.#hooks.onDelivered();
        if (delivered % ITEMS_AT_ONCE === 0) await turn();
      }
    } catch (error) {
      await this.#deliverLast(this.#source.failed(error));
    }
  }

  async #deliverLast(item: Item): Promise<void> {
    this.#retire();
    await this.#deliver(item);
  }

  /** Delivers an item to the present readers. A reader that joins during the delivery starts with the next item. */
  async #deliver(item: Item): Promise<void> {
    this.#isDelivering = true;
    this.#recent.add(item);
    if (item.place?.isCheckpoint) this.#isPresent = true;
    let delivered = 0;
    for (const subscriber of Array.from(this.#subscribers)) {
      if (delivered > 0 && delivered % READERS_AT_ONCE === 0) await turn();
      if (this.#subscribers.has(subscriber) && !(this.#ahead > 0 && this.#hadAlready(subscriber, item)))
        subscriber.reader.next(item);
      delivered += 1;
    }
    this.#isDelivering = false;
  }

  #hadAlready(subscriber: Subscriber<Item>, { place }: Item): boolean {
    if (!subscriber.after || !place) return false;
    if (!isAfter(place.position, subscriber.after)) return true;
    subscriber.after = null;
    this.#ahead -= 1;
    return false;
  }

  #leave(subscriber: Subscriber<Item>): void {
    if (!this.#subscribers.delete(subscriber)) return;
    if (subscriber.after) this.#ahead -= 1;
    if (this.#subscribers.size === 0) void this.#close();
  }

  #retire(): void {
    if (this.#retired) return;
    this.#retired = true;
    this.#hooks.onClose();
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#retire(); // before the first await
    const left = [...this.#subscribers];
    this.#subscribers.clear();
    for (const { reader } of left) reader.end();
    const opened = await this.#opening;
    try {
      if ('items' in opened) await opened.items.return?.();
    } catch (error) {
      this.#source.failed(error);
    }
  }
}
