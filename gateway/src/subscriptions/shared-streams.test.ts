import { expect, test } from '@jest/globals';
import { EventEmitter, on, once } from 'node:events';
import { collect } from '../testing/collect.ts';
import { SharedStreams } from './shared-streams.ts';

function world() {
  const events = new EventEmitter();
  const streams = new SharedStreams<string>({ capacity: 2, overflow: () => 'too slow' });
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
  const join = async (key = 'key') => {
    const joined = await streams.join(key, source);
    if ('refusal' in joined) throw new Error(joined.refusal);
    return joined;
  };
  return { events, streams, source, join, opened: () => opened };
}

function unwrapped(result: IteratorResult<string[]> | undefined): IteratorResult<string> {
  return result && !result.done ? { done: false, value: result.value[0] ?? '' } : { done: true, value: undefined };
}

test('all who ask for the same read one source, from the moment they came', async () => {
  const { events, join, opened } = world();
  const [one, other] = [await join(), await join()];
  events.emit('item', 'a');
  expect([(await one.next()).value, (await other.next()).value]).toEqual(['a', 'a']);
  const late = await join();
  events.emit('item', 'b');
  expect((await late.next()).value).toBe('b');
  expect(opened()).toBe(1);
});

test('the source closes with its last reader, and opens again for the next', async () => {
  const { events, streams, join, opened } = world();
  const [one, other] = [await join(), await join()];
  await one.return?.();
  expect([events.listenerCount('item'), streams.size]).toEqual([1, 1]);
  await other.return?.();
  await gone(events);
  expect(streams.size).toBe(0);
  await join();
  expect(opened()).toBe(2);
});

test('a reader who is too slow is dropped, and the others read on', async () => {
  const { events, join } = world();
  const [slow, quick] = [await join(), await join()];
  for (const item of ['a', 'b', 'c']) {
    events.emit('item', item);
    expect((await quick.next()).value).toBe(item);
  }
  expect(await collect(slow)).toEqual(['too slow']);
});

test('a source that cannot be opened is a refusal, and is tried again', async () => {
  const { streams, source } = world();
  const broken = { ...source, open: () => Promise.reject(new Error('down')) };
  expect(await streams.join('key', broken)).toEqual({ refusal: 'failed: Error: down' });
  expect(streams.size).toBe(0);
});

test('a source that breaks tells its readers, and is forgotten', async () => {
  const { events, streams, join } = world();
  const reader = await join();
  events.emit('error', new Error('lost'));
  expect(await collect(reader)).toEqual(['failed: Error: lost']);
  expect(streams.size).toBe(0);
});

/** Waits until nobody listens any more. */
async function gone(events: EventEmitter): Promise<void> {
  while (events.listenerCount('item') > 0) await once(events, 'removeListener');
}
