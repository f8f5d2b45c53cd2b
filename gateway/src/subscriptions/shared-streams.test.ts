import { until } from '@souk/kit/testing';
import { expect, test } from '@jest/globals';
import { EventEmitter, on } from 'node:events';
import { SharedStreams } from './shared-streams.ts';

function world() {
  const events = new EventEmitter();
  const streams = new SharedStreams<string>();
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
    failed: (error: unknown) => `failed: ${String(error)}`,
  };
  const join = async (from = source) => {
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

  next(item: string): void {
    this.told.push(item);
  }

  end(): void {
    this.told.push('the end');
  }
}

function unwrapped(result: IteratorResult<string[]> | undefined): IteratorResult<string> {
  return result && !result.done ? { done: false, value: result.value[0] ?? '' } : { done: true, value: undefined };
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
