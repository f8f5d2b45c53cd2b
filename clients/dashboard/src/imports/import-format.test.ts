import { expect, test } from '@jest/globals';
import { base64Of, hasEnded, kindOfHeader } from './import-format.ts';

test.each([
  ['slug;name;sku;price:EUR', 'SOUK_PRODUCTS'],
  ['\uFEFFHandle,Title,Variant SKU', 'SHOPIFY_PRODUCTS'],
  ['Title,"URL handle",SKU', 'SHOPIFY_PRODUCTS'],
  ['', 'SOUK_PRODUCTS'],
])('the header %j is of the format %s', (header, kind) => {
  expect(kindOfHeader(header)).toBe(kind);
});

test('bytes are encoded as Base64, also beyond one block', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, index) => index % 256);
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(base64Of(new Uint8Array())).toBe('');
});

test('an import ends by completion, failure or cancellation', () => {
  expect((['UPLOADING', 'QUEUED', 'RUNNING'] as const).some(hasEnded)).toBe(false);
  expect((['COMPLETED', 'FAILED', 'CANCELED'] as const).every(hasEnded)).toBe(true);
});
