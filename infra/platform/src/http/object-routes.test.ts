import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FileObjects } from '@souk/kit/objects';
import { describeObjectStore } from '@souk/kit/objects/testing';
import { TestClock } from '@souk/kit/testing';
import Fastify from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { addObjectRoutes } from './object-routes.ts';

async function startFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'souk-objects-'));
  const clock = new TestClock(new Date());
  const app = Fastify();
  const store = new FileObjects({ folder, publicUrl: () => app.listeningOrigin, clock });
  addObjectRoutes(app, { store, links: store.links, acceptsUploads: true });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    store,
    clock,
    origin: app.listeningOrigin,
    advance: (milliseconds: number) => clock.advance(milliseconds),
    wrongSizeStatus: 413 as const,
    async close() {
      await app.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeObjectStore('files', startFiles);

let files: Awaited<ReturnType<typeof startFiles>>;
beforeAll(async () => {
  files = await startFiles();
  await files.store.put('shop/picture.webp', Buffer.from('picture'));
  await files.store.put('shop/bill.pdf', Buffer.from('bill'));
  await files.store.put('shop/page.html', Buffer.from('<script>'));
});
afterAll(() => files.close());

const read = (path: string) => fetch(files.origin + path);

test('a link that never expires may be cached for ever, and runs no script', async () => {
  const response = await read(await files.store.links.path('shop/picture.webp'));
  expect(await response.text()).toBe('picture');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'image/webp',
    'content-length': '7',
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
  });
});

test('a link that expires is not cached, names its file, and ends', async () => {
  const expiresAt = new Date(files.clock.now().getTime() + 60_000);
  const path = await files.store.links.path('shop/bill.pdf', { expiresAt, fileName: 'Rechnung Nr. 1.pdf' });
  const response = await read(path);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Rechnung%20Nr.%201.pdf");
  files.advance(61_000);
  expect((await read(path)).status).toBe(403);
});

test('content of an unknown type is saved, never shown', async () => {
  const response = await read(await files.store.links.path('shop/page.html'));
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-disposition')).toContain('attachment');
});

test.each([
  '/objects/shop/picture.webp',
  '/objects/shop/picture.webp?signature=x',
  '/objects/..%2fsecrets?signature=x',
])('%s without its signature is refused', async (path) => {
  expect((await read(path)).status).toBe(403);
});

test('a deleted object is not found', async () => {
  expect((await read(await files.store.links.path('shop/deleted.webp'))).status).toBe(404);
});

test('a link writes again until its uploads end, and no longer after that', async () => {
  const { method, url } = await files.store.signedUpload({ key: 'shop/upload', size: 3, expiresInS: 60 });
  const send = (body: string) => fetch(url, { method, body });
  expect([(await send('one')).status, (await send('two')).status]).toEqual([200, 200]);
  await files.store.links.endUploads('shop/upload');
  const refused = await send('bad');
  expect([refused.status, await refused.text()]).toEqual([410, expect.stringContaining('Request a new link')]);
  const kept = await files.store.get('shop/upload');
  expect(kept && String(await buffer(kept.body))).toBe('two');
  const renewed = await files.store.signedUpload({ key: 'shop/upload', size: 3, expiresInS: 60 });
  expect((await fetch(renewed.url, { method, body: 'bad' })).status).toBe(410);
});

test('an upload of another size is refused with the expected and the sent size', async () => {
  const { method, url } = await files.store.signedUpload({ key: 'shop/sized', size: 5, expiresInS: 60 });
  const answerTo = async (body: string | ReadableStream) => {
    const response = await fetch(url, { method, body, duplex: 'half' });
    return [response.status, await response.text()];
  };
  const message = (size: number) =>
    `The link accepts exactly 5 bytes. The content has ${size}. Request a new link for this size.`;
  expect(await answerTo('1234')).toEqual([400, message(4)]);
  expect(await answerTo('123456')).toEqual([413, message(6)]);
  expect(await answerTo(new Blob(['12345']).stream())).toEqual([411, expect.stringContaining('Content-Length')]);
  expect(await files.store.head('shop/sized')).toBeNull();
  expect((await fetch(url.replace('size=5', 'size=4'), { method, body: '1234' })).status).toBe(403);
});
