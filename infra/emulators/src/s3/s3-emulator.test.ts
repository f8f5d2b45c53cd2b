import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeObjectStore } from '@souk/kit/objects/testing';
import { TestClock } from '@souk/kit/testing';
import { S3Objects, type S3ObjectsOptions } from '@souk/platform/s3';
import { startS3Emulator, type S3Emulator } from './s3-emulator.ts';

const credentials = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };
const common = { bucket: 'souk', region: 'eu-central-1', pathStyle: true, credentials };

describeObjectStore('S3', async () => {
  const clock = new TestClock(new Date());
  const emulator = await startS3Emulator({ bucket: 'souk', credentials, clock });
  const store = new S3Objects({ ...common, endpoint: emulator.url });
  return {
    store,
    advance: (milliseconds) => clock.advance(milliseconds),
    wrongSizeStatus: 403,
    async close() {
      store.close();
      await emulator.stop();
    },
  };
});

let emulator: S3Emulator;
beforeAll(async () => {
  emulator = await startS3Emulator({ bucket: 'souk', credentials });
});
afterAll(() => emulator.stop());

const using = async (options: Partial<S3ObjectsOptions>, work: (store: S3Objects) => Promise<unknown>) => {
  const store = new S3Objects({ ...common, endpoint: emulator.url, ...options });
  try {
    return await work(store);
  } finally {
    store.close();
  }
};

test.each([
  ['another secret', { credentials: { ...credentials, secretAccessKey: 'wrong' } }, 'SignatureDoesNotMatch'],
  ['an unknown key', { credentials: { ...credentials, accessKeyId: 'wrong' } }, 'InvalidAccessKeyId'],
  ['another bucket', { bucket: 'other' }, 'NoSuchBucket'],
])('the emulator refuses %s', async (_case, options, code) => {
  await expect(using(options, (store) => store.put('key', Buffer.from('x')))).rejects.toMatchObject({ name: code });
});

test('the emulator refuses a request without a signature, and chunk framing', async () => {
  expect((await fetch(`${emulator.url}/souk/key`, { method: 'PUT', body: 'x' })).status).toBe(403);
  const { url } = (await using({}, (store) => store.signedUpload({ key: 'framed', size: 1, expiresInS: 60 }))) as {
    url: string;
  };
  const framed = await fetch(url, { method: 'PUT', body: 'x', headers: { 'content-encoding': 'aws-chunked' } });
  expect([framed.status, await framed.text()]).toEqual([400, expect.stringContaining('InvalidRequest')]);
});
