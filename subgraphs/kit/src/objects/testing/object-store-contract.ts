import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { systemClock } from '../../domain/index.ts';
import { ObjectLinks } from '../object-links.ts';
import type { ObjectStore } from '../object-store.ts';

/** An object store, and the server that receives its uploads. */
export interface ObjectStoreUnderTest {
  readonly store: ObjectStore;
  /** Moves the clock of the server that checks signed URLs. */
  readonly advance: (milliseconds: number) => void;
  /** The status of an upload whose size is not the signed size: S3 refuses the signature with 403, files refuse the size with 413. */
  readonly wrongSizeStatus: 403 | 413;
  readonly close: () => Promise<void>;
}

/** The behavior that every object store must have. The URLs of its uploads must be absolute. */
export function describeObjectStore(name: string, start: () => Promise<ObjectStoreUnderTest>): void {
  describe(name, () => {
    let world: ObjectStoreUnderTest;
    let store: ObjectStore;
    beforeAll(async () => {
      world = await start();
      ({ store } = world);
    });
    afterAll(() => world.close());

    const contentOf = async (key: string) => {
      const found = await store.get(key);
      return found && (await buffer(found.body));
    };
    const upload = async (key: string, size: number, body: Buffer, expiresInS = 60) => {
      const { method, url } = await store.signedUpload({ key, size, expiresInS });
      return fetch(url, { method, body: new Uint8Array(body) });
    };

    test('an object is read as it was written, with its size', async () => {
      const bytes = randomBytes(200_000);
      await store.put('one/picture.png', bytes);
      expect(await contentOf('one/picture.png')).toEqual(bytes);
      const info = await store.head('one/picture.png');
      expect(info).toMatchObject({ key: 'one/picture.png', size: 200_000 });
      expect(Math.abs(Date.now() - Number(info?.modifiedAt.getTime()))).toBeLessThan(3_600_000);
    });

    test('an empty object is an object', async () => {
      await store.put('one/empty', new Uint8Array());
      expect(await contentOf('one/empty')).toEqual(Buffer.alloc(0));
    });

    test('a stream arrives byte by byte as it was sent', async () => {
      const bytes = randomBytes(300_000);
      const stream = Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]);
      await store.put('one/stream.bin', { stream, size: bytes.length });
      expect(await contentOf('one/stream.bin')).toEqual(bytes);
    });

    test('a stream that ends early stores no object', async () => {
      const stream = Readable.from([Buffer.from('half')]);
      await expect(store.put('one/half.bin', { stream, size: 1000 })).rejects.toThrow();
      expect(await store.head('one/half.bin')).toBeNull();
    });

    test('a later object replaces an earlier one', async () => {
      await store.put('one/replaced', Buffer.from('first'));
      await store.put('one/replaced', Buffer.from('second'));
      expect(String(await contentOf('one/replaced'))).toBe('second');
    });

    test('of two that create the same object one succeeds', async () => {
      const stored = await Promise.all(['a', 'b'].map((text) => store.putNew('one/once', Buffer.from(text))));
      expect(new Set(stored)).toEqual(new Set([true, false]));
      expect(String(await contentOf('one/once'))).toBe(stored[0] ? 'a' : 'b');
    });

    test('a missing object is null, and deleting it again succeeds', async () => {
      await store.put('one/gone', Buffer.from('x'));
      await store.delete('one/gone');
      await store.delete('one/gone');
      expect([await store.get('one/gone'), await store.head('one/gone')]).toEqual([null, null]);
    });

    test('the list has the objects of a prefix in the order of their keys', async () => {
      for (const key of ['list/b/2', 'list/a/1', 'list/b/10', 'listless']) await store.put(key, Buffer.from(key));
      const listed = async (prefix: string) => {
        const keys: string[] = [];
        for await (const { key } of store.list(prefix)) keys.push(key);
        return keys;
      };
      expect(await listed('list/')).toEqual(['list/a/1', 'list/b/10', 'list/b/2']);
      expect(await listed('list/b/1')).toEqual(['list/b/10']);
      expect(await listed('nothing/')).toEqual([]);
    });

    test.each([
      '../outside',
      'a/../b',
      '/root',
      'a//b',
      '.hidden',
      'a/.hidden',
      'Upper',
      'with space',
      'a'.repeat(501),
    ])('the key %j is refused', async (key) => {
      await expect(store.put(key, Buffer.from('x'))).rejects.toThrow('is not valid');
      await expect(store.get(key)).rejects.toThrow('is not valid');
    });

    test('a client uploads to a signed URL', async () => {
      const bytes = randomBytes(50_000);
      const response = await upload('uploads/one', bytes.length, bytes);
      expect(response.status).toBe(200);
      expect(await contentOf('uploads/one')).toEqual(bytes);
    });

    test('an upload of another size is refused', async () => {
      const response = await upload('uploads/larger', 10, randomBytes(11));
      expect(response.status).toBe(world.wrongSizeStatus);
      expect(await store.head('uploads/larger')).toBeNull();
    });

    test('a signed URL is for its object and its method alone', async () => {
      const { url } = await store.signedUpload({ key: 'uploads/mine', size: 4, expiresInS: 60 });
      const other = await fetch(url.replace('uploads/mine', 'uploads/other'), { method: 'PUT', body: 'four' });
      expect(other.status).toBe(403);
      expect((await fetch(url)).status).toBe(403);
      expect(await store.head('uploads/other')).toBeNull();
    });

    test('a signed URL ends', async () => {
      const { url } = await store.signedUpload({ key: 'uploads/late', size: 4, expiresInS: 60 });
      world.advance(62_000);
      expect((await fetch(url, { method: 'PUT', body: 'four' })).status).toBe(403);
    });

    test('processes that share a store accept the links of each other', async () => {
      const [here, there] = [new ObjectLinks(store, systemClock), new ObjectLinks(store, systemClock)];
      const paths = await Promise.all([here.path('one/picture.png'), there.path('one/picture.png')]);
      expect(paths[0]).toBe(paths[1]);
      const query = Object.fromEntries(new URL(`http://souk${paths[0]}`).searchParams);
      expect(await there.verified('GET', 'one/picture.png', query)).toEqual({ expiresAt: null, fileName: null });
      expect(await there.verified('GET', 'one/other.png', query)).toBeNull();
      expect(await there.verified('PUT', 'one/picture.png', query)).toBeNull();
      expect(await there.verified('GET', 'one/picture.png', { ...query, name: 'x' })).toBeNull();
    });
  });
}
