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
  place: { position: at(sequence), isMark: false },
  bytes: 1,
});
const mark = (sequence: number): TestItem => ({
  text: `mark ${sequence}`,
  place: { position: at(sequence), isMark: true },
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
    mark: ({ sequence }: { readonly sequence: number }) => mark(sequence),
  };
  const join = async (from: StreamSource<TestItem> = source) => {
    const reader = new Reader();
    const leave = streams.join('key', () => from, reader);
    await until(() => reader.told.length > 0 || events.listenerCount('item') > 0);
    return { told: reader.told, leave };
  };
  return { events, streams, source, join, opened: () => opened };
}

/** Keeps what it was told. */
class Reader {
  readonly told: string[] = [];

  next({ text }: TestItem): void {
    this.told.push(text);
  }

  end(): void {
    this.told.push('the end');
  }
}

function unwrapped(result: IteratorResult<string[]> | undefined): IteratorResult<TestItem> {
  return result && !result.done
    ? { done: false, value: plain(result.value[0] ?? '') }
    : { done: true, value: undefined };
}

test('all who ask for the same read one source, in its order, from the moment they came', async () => {
  const { events, join, opened } = world();
  const [one, other] = [await join(), await join()];
  events.emit('item', 'a');
  await until(() => other.told.length === 1);
  const late = await join();
  for (const item of ['b', 'c']) events.emit('item', item);
  await until(() => late.told.length === 2);
  expect([one.told, other.told, late.told]).toEqual([
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
  expect([one.told, other.told]).toEqual([[], []]);
});

test('a large audience is told in parts, between which others have their turn; who leaves meanwhile hears nothing', async () => {
  const { events, streams, source } = world();
  const readers = Array.from({ length: 2500 }, () => new Reader());
  const [first, last] = [readers[0], readers.at(-1)];
  const leaves = readers.map((reader) => streams.join('key', () => source, reader));
  await until(() => events.listenerCount('item') > 0);
  events.emit('item', 'a');
  const heardMeanwhile = new Promise((resolve) => {
    if (first) first.next = () => setImmediate(() => resolve([readers[999]?.told, last?.told, leaves.at(-1)?.()]));
  });
  expect(await heardMeanwhile).toEqual([['a'], [], undefined]);
  await until(() => readers.at(-2)?.told.length === 1);
  expect(last?.told).toEqual([]);
});

test('a source that cannot be opened is a refusal, and is tried again', async () => {
  const { streams, source, join } = world();
  const { told } = await join({ ...source, open: () => Promise.reject(new Error('down')) });
  await until(() => told.length === 2);
  expect(told).toEqual(['failed: Error: down', 'the end']);
  expect(streams.size).toBe(0);
});

test('a source that breaks tells its readers, and is forgotten', async () => {
  const { events, streams, join } = world();
  const { told } = await join();
  events.emit('error', new Error('lost'));
  await until(() => told.length === 2);
  expect(told).toEqual(['failed: Error: lost', 'the end']);
  expect(streams.size).toBe(0);
});

/** Streams of events with places, each source of which is told by hand, in its own time. */
function history() {
  const streams = new SharedStreams<TestItem>();
  const sources: Sourced[] = [];
  const source = () => {
    const sourced: Sourced = { after: null, tell: () => undefined, fail: () => undefined, isOpen: false };
    sources.push(sourced);
    return {
      open: async (after: FeedPosition | null): Promise<Opened<TestItem>> => {
        sourced.after = after?.sequence ?? null;
        sourced.isOpen = true;
        const items = new Repeater<TestItem>(async (push, stop) => {
          sourced.tell = (...told) => told.forEach((each) => void push(each));
          sourced.fail = (error) => stop(error);
          await stop;
          sourced.isOpen = false;
        });
        return { items: items[Symbol.asyncIterator]() };
      },
      failed: (error: unknown) => plain(String(error)),
      mark: ({ sequence }: FeedPosition) => mark(sequence),
    };
  };
  const join = (after?: number) => {
    const reader = new Reader();
    const leave = streams.join('key', source, reader, after === undefined ? null : at(after));
    return { told: reader.told, leave };
  };
  const open = () => sources.filter(({ isOpen }) => isOpen).length;
  return { streams, sources, join, open };
}

interface Sourced {
  after: number | null;
  tell: (...items: readonly TestItem[]) => void;
  fail: (error: Error) => void;
  isOpen: boolean;
}

test('who comes later is told where the stream is, and misses nothing after it', async () => {
  const { sources, join } = history();
  const first = join();
  await turn();
  sources[0]?.tell(mark(10), placed(11));
  await until(() => first.told.length === 2);
  const late = join();
  expect(late.told).toEqual(['mark 11']);
  sources[0]?.tell(placed(12));
  await until(() => late.told.length === 2);
  expect([first.told, late.told]).toEqual([
    ['mark 10', '11', '12'],
    ['mark 11', '12'],
  ]);
});

test('all who lost the same connection go on with one source', async () => {
  const { sources, join } = history();
  const readers = [join(10), join(10), join(10)];
  await turn();
  sources[0]?.tell(placed(11), placed(12), mark(12));
  await until(() => readers.every(({ told }) => told.length === 3));
  expect(sources.map(({ after }) => after)).toEqual([10]);
  expect(readers.map(({ told }) => told)).toEqual(Array.from({ length: 3 }, () => ['11', '12', 'mark 12']));
});

test('who goes on after an event that a stream still has is told the rest of it, without a source of his own', async () => {
  const { sources, join } = history();
  const first = join(10);
  await turn();
  sources[0]?.tell(placed(11), placed(12), mark(12), placed(13));
  await until(() => first.told.length === 4);
  const [behind, level] = [join(11), join(13)];
  sources[0]?.tell(placed(14));
  await until(() => level.told.length === 1);
  expect([behind.told, level.told, sources.length]).toEqual([['12', '13', '14'], ['14'], 1]);
});

test('who was further than a stream is told nothing twice', async () => {
  const { sources, join } = history();
  const first = join(10);
  await turn();
  sources[0]?.tell(mark(10));
  await until(() => first.told.length === 1);
  const ahead = join(12);
  sources[0]?.tell(placed(11), placed(12), placed(13));
  await until(() => first.told.length === 4);
  expect([ahead.told, sources.length]).toEqual([['13'], 1]);
});

test('who missed more than a stream has catches up with a source of his own, and then shares', async () => {
  const { sources, join, open } = history();
  const shared = join();
  await turn();
  sources[0]?.tell(mark(20), placed(21));
  await until(() => shared.told.length === 2);
  const late = join(18);
  await turn();
  sources[1]?.tell(placed(19), placed(20));
  await until(() => open() === 1);
  sources[0]?.tell(placed(22));
  await until(() => shared.told.length === 3);
  expect([late.told, open()]).toEqual([['19', '20', '21', '22'], 1]);
  late.leave();
  shared.leave();
  await until(() => open() === 0);
});

test('who begins anew is told nothing of the past while others catch up, and shares with them as soon as it is over', async () => {
  const { sources, join, open } = history();
  const late = join(10);
  await turn();
  sources[0]?.tell(placed(11));
  await until(() => late.told.length === 1);
  const fresh = join();
  await turn();
  sources[1]?.tell(mark(12));
  await until(() => open() === 1);
  sources[0]?.tell(placed(12), mark(12), placed(13));
  await until(() => late.told.length === 4);
  expect([late.told, fresh.told]).toEqual([
    ['11', '12', 'mark 12', '13'],
    ['mark 12', '13'],
  ]);
});

test('one whose place is lost does not take others along', async () => {
  const { sources, join } = history();
  const [stale, good] = [join(1), join(10)];
  await turn();
  sources[0]?.fail(new Error('lost'));
  sources[1]?.tell(placed(11));
  await until(() => stale.told.length === 2 && good.told.length === 1);
  expect([stale.told, good.told]).toEqual([['Error: lost', 'the end'], ['11']]);
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
      source.tell(placed(place + 1), ...(random() < 0.3 ? [mark(place + 1)] : []));
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
    const { told, leave } = join(after);
    const events = () => told.splice(0).flatMap((text) => (text.startsWith('mark') ? [] : [Number(text)]));
    return { events, leave };
  }
});

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
