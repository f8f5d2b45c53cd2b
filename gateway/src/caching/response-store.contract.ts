import { expect, test } from '@jest/globals';
import type { ResponseStore, StoredResponse } from './response-store.ts';

/** What every store promises. @param open gives one with nothing in it. */
export function describeResponseStore(open: () => Promise<ResponseStore>): void {
  const response = (epoch: number, tags: readonly string[] = ['shop:Product']): StoredResponse => ({
    body: '{"data":{"name":"Lämp"}}',
    etag: 'W/"1"',
    tags,
    epoch,
    storedAtMs: Date.now(),
    maxAgeSeconds: 60,
  });

  const epochOf = async (store: ResponseStore) => (await store.epoch()) ?? Number.NaN;

  test('it gives what it was given, under that name alone', async () => {
    const store = await open();
    const epoch = await epochOf(store);
    const given = response(epoch);
    await store.set('one', given);
    expect(await store.get('one')).toEqual(given);
    expect(await store.get('other')).toBeNull();
  });

  test('an invalidation ends the responses with one of its tags, and no others', async () => {
    const store = await open();
    const epoch = await epochOf(store);
    await store.set('lamp', response(epoch, ['shop:Product', 'shop:Category']));
    await store.set('rival', response(epoch, ['rival:Product']));
    await store.invalidate(['shop:Brand', 'shop:Category']);
    expect(await store.get('lamp')).toBeNull();
    expect(await store.get('rival')).not.toBeNull();
  });

  test('what began before an invalidation is not kept after it, and what began after it is', async () => {
    const store = await open();
    const before = await epochOf(store);
    await store.invalidate(['shop:Product']);
    await store.set('old', response(before));
    expect(await store.get('old')).toBeNull();
    await store.set('new', response(await epochOf(store)));
    expect(await store.get('new')).not.toBeNull();
  });
}
