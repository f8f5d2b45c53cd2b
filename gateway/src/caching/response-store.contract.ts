import { expect, test } from '@jest/globals';
import type { ResponseStore, StoredResponse } from './response-store.ts';

/**
 * Tests that every response store must pass.
 * @param open creates an empty store
 */
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

  test('a response is found by its key only', async () => {
    const store = await open();
    const epoch = await epochOf(store);
    const given = response(epoch);
    await store.set('one', given);
    expect(await store.get('one')).toEqual(given);
    expect(await store.get('other')).toBeNull();
  });

  test('an invalidation drops the responses with one of its tags, and no others', async () => {
    const store = await open();
    const epoch = await epochOf(store);
    await store.set('lamp', response(epoch, ['shop:Product', 'shop:Category']));
    await store.set('rival', response(epoch, ['rival:Product']));
    await store.invalidate(['shop:Brand', 'shop:Category']);
    expect(await store.get('lamp')).toBeNull();
    expect(await store.get('rival')).not.toBeNull();
  });

  test('a response that began before an invalidation is not cached, and one that began after it is', async () => {
    const store = await open();
    const before = await epochOf(store);
    await store.invalidate(['shop:Product']);
    await store.set('old', response(before));
    expect(await store.get('old')).toBeNull();
    await store.set('new', response(await epochOf(store)));
    expect(await store.get('new')).not.toBeNull();
  });
}
