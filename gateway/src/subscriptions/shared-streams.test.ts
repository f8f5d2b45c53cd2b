import { expect, test } from '@jest/globals';
import { Repeater } from '@repeaterjs/repeater';
import type { FeedPosition } from '@souk/kit/messaging';
import { until } from '@souk/kit/testing';
import { EventEmitter, on } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { StreamItem } from './recent-items.ts';
import type { Opened, StreamSource } from './shared-stream.ts';
import { SharedStreams } from './shared-streams.ts';

interface TestItem extends StreamItem {
  readonly text: string;
}

const at = (sequence: number) => ({ epoch: 'e', sequence });
const plain = (text: string): TestItem => ({ text, place: null, bytes: 1 });
const placed = (sequence: number): TestItem => ({
  text: String(sequence),
  place: { position: at(sequence), isCheckpoint: false },
  bytes: 1,
});
const checkpoint = (sequence: number): TestItem => ({
  text: `checkpoint ${sequence}`,
  place: { position: at(sequence), isCheckpoint: true },
  bytes: 1,
});

function world() {
  const events = new EventEmitter();
  const streams = new SharedStreams<TestItem>();
  let opened = 0;
  const source = {
    async open() {
      opened += 1;
      const items = on(events, 'item');
      return {
        items: {
          next: async () => unwrapped(await items.next()),
          return: async () => unwrapped(await items.return?.()),
        },
      };
    },
    failed: (error: unknown) => plain(`failed: ${String(error)}`),
    checkpoint: ({ sequence }: { readonly sequence: number }) => checkpoint(sequence),
  };
  const join = async (from: StreamSource<TestItem> = source) => {
    const reader = new Reader();
    const leave = streams.join('key', () => from, reader);
    await until(() => reader.received.length > 0 || events.listenerCount('item') > 0);
    return { received: reader.received, leave };
  };
  return { events, streams, source, join, opened: () => opened };
}

class Reader {
  readonly received: string[] = [];

  next({ text }: TestItem): void {
    this.received.push(text);
  }

  end(): void {
    this.received.push('the end');
  }
}

function unwrapped(result: IteratorResult<string[]> | undefined): IteratorResult<TestItem> {
  return result && !result.done
    ? { done: false, value: plain(result.value[0] ?? '') }
    : { done: true, value: undefined };
}

test('equal subscribers read one source, in its order, from the moment they joined', async () => {
  const { events, join, opened } = world();
  const [one, other] = [await join(), await join()];
  events.emit('item', 'a');
  await until(() => other.received.length === 1);
  const late = await join();
  for (const item of ['b', 'c']) events.emit('item', item);
  await until(() => late.received.length === 2);
  expect([one.received, other.received, late.received]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
    ['b', 'c'],
  ]);
  expect(opened()).toBe(1);
});

test('the source closes with its last reader, and opens again for the next', async () => {
  const { events, streams, join, opened } = world();
  const [one, other] = [await join(), await join()];
  one.leave();
  expect([events.listenerCount('item'), streams.size]).toEqual([1, 1]);
  other.leave();
  await until(() => events.listenerCount('item') === 0);
  expect(streams.size).toBe(0);
  await join();
  expect(opened()).toBe(2);
  expect([one.received, other.received]).toEqual([[], []]);
});

test('a large audience gets an item in parts, between which other work runs; a reader that leaves meanwhile gets nothing', async () => {
  const { events, streams, source } = world();
  const readers = Array.from({ length: 2500 }, () => new Reader());
  const [first, last] = [readers[0], readers.at(-1)];
  const leaves = readers.map((reader) => streams.join('key', () => source, reader));
  await until(() => events.listenerCount('item') > 0);
  events.emit('item', 'a');
  const heardMeanwhile = new Promise((resolve) => {
    if (first)
      first.next = () => setImmediate(() => resolve([readers[999]?.received, last?.received, leaves.at(-1)?.()]));
  });
  expect(await heardMeanwhile).toEqual([['a'], [], undefined]);
  await until(() => readers.at(-2)?.received.length === 1);
  expect(last?.received).toEqual([]);
});

test('a source that cannot be opened is a refusal, and the next reader tries again', async () => {
  const { streams, source, join } = world();
  const { received } = await join({ ...source, open: () => Promise.reject(new Error('down')) });
  await until(() => received.length === 2);
  expect(received).toEqual(['failed: Error: down', 'the end']);
  expect(streams.size).toBe(0);
});

test('a source that breaks reports the failure to its readers, and is removed', async () => {
  const { events, streams, join } = world();
  const { received } = await join();
  events.emit('error', new Error('lost'));
  await until(() => received.length === 2);
  expect(received).toEqual(['failed: Error: lost', 'the end']);
  expect(streams.size).toBe(0);
});

/** A source of events with positions. The test delivers the events of each opened source. */
function history() {
  const streams = new SharedStreams<TestItem>();
  const sources: Sourced[] = [];
  const source = () => {
    const sourced: Sourced = { after: null, deliver: () => undefined, fail: () => undefined, isOpen: false };
    sources.push(sourced);
    return {
      open: async (after: FeedPosition | null): Promise<Opened<TestItem>> => {
        sourced.after = after?.sequence ?? null;
        sourced.isOpen = true;
        const items = new Repeater<TestItem>(async (push, stop) => {
          sourced.deliver = (...items) => items.forEach((each) => void push(each));
          sourced.fail = (error) => stop(error);
          await stop;
          sourced.isOpen = false;
        });
        return { items: items[Symbol.asyncIterator]() };
      },
      failed: (error: unknown) => plain(String(error)),
      checkpoint: ({ sequence }: FeedPosition) => checkpoint(sequence),
    };
  };
  const join = (after?: number) => {
    const reader = new Reader();
    const leave = streams.join('key', source, reader, after === undefined ? null : at(after));
    return { received: reader.received, leave };
  };
  const open = () => sources.filter(({ isOpen }) => isOpen).length;
  return { streams, sources, join, open };
}

interface Sourced {
  after: number | null;
  deliver: (...items: readonly TestItem[]) => void;
  fail: (error: Error) => void;
  isOpen: boolean;
}

test("a late reader gets the stream's position, and misses nothing after it", async () => {
  const { sources, join } = history();
  const first = join();
  await turn();
  sources[0]?.deliver(checkpoint(10), placed(11));
  await until(() => first.received.length === 2);
  const late = join();
  expect(late.received).toEqual(['checkpoint 11']);
  sources[0]?.deliver(placed(12));
  await until(() => late.received.length === 2);
  expect([first.received, late.received]).toEqual([
    ['checkpoint 10', '11', '12'],
    ['checkpoint 11', '12'],
  ]);
});

test('readers that lost the same connection continue with one source', async () => {
  const { sources, join } = history();
  const readers = [join(10), join(10), join(10)];
  await turn();
  sources[0]?.deliver(placed(11), placed(12), checkpoint(12));
  await until(() => readers.every(({ received }) => received.length === 3));
  expect(sources.map(({ after }) => after)).toEqual([10]);
  expect(readers.map(({ received }) => received)).toEqual(
    Array.from({ length: 3 }, () => ['11', '12', 'checkpoint 12']),
  );
});

test('a reader that resumes after a remembered event gets the later items without a source of its own', async () => {
  const { sources, join } = history();
  const first = join(10);
  await turn();
  sources[0]?.deliver(placed(11), placed(12), checkpoint(12), placed(13));
  await until(() => first.received.length === 4);
  const [behind, level] = [join(11), join(13)];
  sources[0]?.deliver(placed(14));
  await until(() => level.received.length === 1);
  expect([behind.received, level.received, sources.length]).toEqual([['12', '13', '14'], ['14'], 1]);
});

test('a reader that is ahead of a stream gets no item twice', async () => {
  const { sources, join } = history();
  const first = join(10);
  await turn();
  sources[0]?.deliver(checkpoint(10));
  await until(() => first.received.length === 1);
  const ahead = join(12);
  sources[0]?.deliver(placed(11), placed(12), placed(13));
  await until(() => first.received.length === 4);
  expect([ahead.received, sources.length]).toEqual([['13'], 1]);
});

test('a reader that missed more than a stream remembers catches up with its own source, and then shares', async () => {
  const { sources, join, open } = history();
  const shared = join();
  await turn();
  sources[0]?.deliver(checkpoint(20), placed(21));
  await until(() => shared.received.length === 2);
  const late = join(18);
  await turn();
  sources[1]?.deliver(placed(19), placed(20));
  await until(() => open() === 1);
  sources[0]?.deliver(placed(22));
  await until(() => shared.received.length === 3);
  expect([late.received, open()]).toEqual([['19', '20', '21', '22'], 1]);
  late.leave();
  shared.leave();
  await until(() => open() === 0);
});

test('a new reader gets no past items while others catch up, and shares a source with them afterwards', async () => {
  const { sources, join, open } = history();
  const late = join(10);
  await turn();
  sources[0]?.deliver(placed(11));
  await until(() => late.received.length === 1);
  const fresh = join();
  await turn();
  sources[1]?.deliver(checkpoint(12));
  await until(() => open() === 1);
  sources[0]?.deliver(placed(12), checkpoint(12), placed(13));
  await until(() => late.received.length === 4);
  expect([late.received, fresh.received]).toEqual([
    ['11', '12', 'checkpoint 12', '13'],
    ['checkpoint 12', '13'],
  ]);
});

test('a reader whose position is lost does not end the streams of others', async () => {
  const { sources, join } = history();
  const [stale, good] = [join(1), join(10)];
  await turn();
  sources[0]?.fail(new Error('lost'));
  sources[1]?.deliver(placed(11));
  await until(() => stale.received.length === 2 && good.received.length === 1);
  expect([stale.received, good.received]).toEqual([['Error: lost', 'the end'], ['11']]);
});

test('whatever connections break, every reader has every event once and in order', async () => {
  const { sources, join } = history();
  const LAST = 400;
  const random = seeded(7);
  const readers = Array.from({ length: 20 }, () => ({ had: [] as number[], joined: joined(0) }));
  const places = new Map<Sourced, number>();
  while (readers.some(({ had }) => had.at(-1) !== LAST)) {
    await turn();
    for (const source of sources.filter(({ isOpen }) => isOpen)) {
      const place = places.get(source) ?? source.after ?? 0;
      if (place >= LAST || random() < 0.3) continue;
      source.deliver(placed(place + 1), ...(random() < 0.3 ? [checkpoint(place + 1)] : []));
      places.set(source, place + 1);
    }
    for (const reader of readers) {
      if (reader.joined) reader.had.push(...reader.joined.events());
      if (reader.joined && random() < 0.02) {
        reader.joined.leave();
        reader.joined = null;
      } else if (!reader.joined && random() < 0.02) reader.joined = joined(reader.had.at(-1) ?? 0);
    }
  }
  const everything = Array.from({ length: LAST }, (_, index) => index + 1);
  for (const { had } of readers) expect(had).toEqual(everything);
  expect(sources.length).toBeGreaterThan(5);

  function joined(after: number): { events: () => number[]; leave: () => void } | null {
    const { received, leave } = join(after);
    const events = () => received.splice(0).flatMap((text) => (text.startsWith('checkpoint') ? [] : [Number(text)]));
    return { events, leave };
  }
});

/** Pseudorandom numbers from 0 to 1, equal in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
