import { expect, test } from '@jest/globals';
import { pictureProps } from './picture-props.ts';

const plain = { url: 'https://cdn.example/lamp.jpg', alt: 'Lamp', width: 800, height: 900, kind: 'IMAGE' as const };
const source = (format: 'AVIF' | 'WEBP' | 'JPEG', width: number) => ({
  format,
  width,
  height: width,
  url: `/${width}.${format}`,
});
const blurUrl = (hash: string) => `data:${hash}`;

test('a picture of another server has one address', () => {
  expect(pictureProps({ ...plain, media: null }, '50vw', blurUrl)).toEqual({
    src: plain.url,
    alt: 'Lamp',
    width: 800,
    height: 900,
  });
  expect(pictureProps(undefined, '50vw', blurUrl)).toEqual({ src: null, alt: '' });
});

test('an uploaded picture has its variants, AVIF before WebP, and its blur', () => {
  const sources = [source('AVIF', 160), source('JPEG', 160), source('WEBP', 160), source('AVIF', 640)];
  const shown = pictureProps({ ...plain, media: { id: 'm1', blurHash: 'hash', sources } }, '50vw', blurUrl);
  expect(shown).toMatchObject({
    sizes: '50vw',
    blur: 'data:hash',
    sources: [
      { type: 'image/avif', srcSet: '/160.AVIF 160w, /640.AVIF 640w' },
      { type: 'image/webp', srcSet: '/160.WEBP 160w' },
    ],
  });
});
