import { expect, test } from '@jest/globals';
import { S3Objects } from '@souk/platform/s3';
import { uploadOriginOf } from './upload-origin.ts';

const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };

test.each([
  { region: 'eu-central-1' },
  { region: 'us-east-1', pathStyle: true },
  { region: 'us-east-1', endpoint: 'https://store.example:9000' },
  { region: 'us-east-1', endpoint: 'http://127.0.0.1:9000', pathStyle: true },
])('the pages of web apps may call the origin of signed uploads with %j', async (place) => {
  const options = { bucket: 'souk', credentials, ...place };
  const store = new S3Objects(options);
  const { url } = await store.signedUpload({ key: 'picture', size: 1, expiresInS: 60 });
  store.close();
  expect(uploadOriginOf(options)).toBe(new URL(url).origin);
});
