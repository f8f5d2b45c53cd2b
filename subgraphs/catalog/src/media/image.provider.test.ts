import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { deflateSync } from 'node:zlib';
import { blurHashOf, decodeImage, inspectImage, renderVariant } from './image.provider.ts';
import type { MediaFormat } from './media.ts';

/** A picture whose left half is red and whose right half is blue. */
const picture = (width = 200, height = 100) =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: '#0000ff' } }, left: width / 2, top: 0 },
  ]);

const codeOf = async (bytes: Buffer) => {
  const inspected = await inspectImage(bytes);
  return inspected.ok ? inspected.value.type : inspected.error.code;
};

test('the content decides the type', async () => {
  expect(await codeOf(await picture().jpeg().toBuffer())).toBe('image/jpeg');
  expect(await codeOf(await picture().png().toBuffer())).toBe('image/png');
  expect(await codeOf(await picture().webp().toBuffer())).toBe('image/webp');
  expect(await codeOf(await picture().gif().toBuffer())).toBe('image/gif');
  expect(await codeOf(await picture().avif({ effort: 0 }).toBuffer())).toBe('image/avif');
  expect(await codeOf(await picture().tiff().toBuffer())).toBe('MEDIA_TYPE_NOT_SUPPORTED');
  expect(await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).toBe(
    'MEDIA_TYPE_NOT_SUPPORTED',
  );
  expect(await codeOf(Buffer.from('\x89PNG\r\n\x1a\n and no more', 'latin1'))).toBe('MEDIA_DAMAGED');
});

/** A PNG whose header contains a size, but which has no pixels. */
function claiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

function crc(bytes: Buffer): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

test('a small file that claims many pixels is refused before it is decoded', async () => {
  expect(await codeOf(claiming(10_000, 10_000))).toBe('MEDIA_TOO_MANY_PIXELS');
  expect(await codeOf(claiming(20_000, 10))).toBe('MEDIA_TOO_MANY_PIXELS');
});

test('a picture that ends early fails', async () => {
  const whole = await picture(2000, 1000).jpeg().toBuffer();
  await expect(decodeImage(whole.subarray(0, whole.length / 2))).rejects.toThrow();
});

test('the orientation of the camera is applied, and its metadata leave no trace', async () => {
  const bytes = await picture()
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect(await inspectImage(bytes)).toMatchObject({ ok: true, value: { width: 100, height: 200 } });
  const pixels = await decodeImage(bytes);
  expect(pixels).toMatchObject({ width: 100, height: 200, hasAlpha: false });
  for (const format of ['AVIF', 'WEBP', 'JPEG'] as const) {
    const { bytes: made, name } = await renderVariant(pixels, { x: 50, y: 50 }, { format, fit: 'CONTAIN', width: 160 });
    const { exif, icc, xmp, orientation } = await sharp(made).metadata();
    expect([exif, xmp, orientation ?? 1, icc === undefined || format === 'AVIF']).toEqual([
      undefined,
      undefined,
      1,
      true,
    ]);
    expect(name).toMatch(/^[0-9a-f]{64}\.(avif|webp|jpg)$/);
  }
});

test('colors of another profile become sRGB', async () => {
  const wide = await picture().withIccProfile('p3').png().toBuffer();
  const { data } = await decodeImage(wide);
  const again = await sharp(wide).toColorspace('srgb').ensureAlpha().raw().toBuffer();
  expect(data.equals(again)).toBe(true);
});

test('COVER is a square around the focal point', async () => {
  const pixels = await decodeImage(await picture().png().toBuffer());
  const colourAt = async (x: number) => {
    const { bytes } = await renderVariant(pixels, { x, y: 50 }, { format: 'PNG', fit: 'COVER', width: 160 });
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return [info.width, info.height, ...data.subarray(0, 3)];
  };
  expect(await colourAt(0)).toEqual([100, 100, 255, 0, 0]);
  expect(await colourAt(100)).toEqual([100, 100, 0, 0, 255]);
});

test('transparency stays, and an opaque alpha channel counts as none', async () => {
  const clear = await sharp({
    create: { width: 9, height: 9, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
  })
    .png()
    .toBuffer();
  const pixels = await decodeImage(clear);
  expect(pixels.hasAlpha).toBe(true);
  const formats: MediaFormat[] = ['AVIF', 'WEBP', 'PNG'];
  for (const format of formats) {
    const { bytes } = await renderVariant(pixels, { x: 50, y: 50 }, { format, fit: 'CONTAIN', width: 160 });
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
  }
  expect((await decodeImage(await picture().ensureAlpha().png().toBuffer())).hasAlpha).toBe(false);
});

test('grey and CMYK pictures are read', async () => {
  const grey = await decodeImage(await picture().greyscale().png().toBuffer());
  const cmyk = await decodeImage(await picture().toColourspace('cmyk').jpeg().toBuffer());
  expect([grey.data.length, cmyk.data.length]).toEqual([200 * 100 * 4, 200 * 100 * 4]);
});

test('a blur hash is short', async () => {
  const hash = await blurHashOf(await decodeImage(await picture().png().toBuffer()));
  expect(hash).toMatch(/^[\w#$%*+,\-.:;=?@[\]^{|}~]{28}$/);
});
