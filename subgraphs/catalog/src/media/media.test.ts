import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  altIn,
  chooseVariant,
  planVariants,
  quotaOf,
  squareAround,
  typeOfContent,
  type MediaVariant,
} from './media.ts';

const shape = fc.record({
  width: fc.integer({ min: 1, max: 16_383 }),
  height: fc.integer({ min: 1, max: 16_383 }),
  hasAlpha: fc.boolean(),
});

const made = (plan: ReturnType<typeof planVariants>): MediaVariant[] =>
  plan.map((each) => ({ ...each, pixelWidth: each.width, pixelHeight: 1, sizeBytes: 1, objectKey: '' }));

test('a wide picture has every width, a small one the first width that has all its pixels', () => {
  const widths = (width: number) =>
    planVariants({ width, height: 900, hasAlpha: false })
      .filter(({ fit, format }) => fit === 'CONTAIN' && format === 'AVIF')
      .map((each) => each.width);
  expect(widths(4000)).toEqual([160, 320, 640, 960, 1280, 1920]);
  expect(widths(800)).toEqual([160, 320, 640, 960]);
  expect(widths(640)).toEqual([160, 320, 640]);
  expect(widths(20)).toEqual([160]);
});

test('every wish finds a variant, with enough pixels where the picture has them', () => {
  const wish = fc.record({
    format: fc.constantFrom('AVIF', 'WEBP', 'JPEG', 'PNG'),
    fit: fc.constantFrom('CONTAIN', 'COVER'),
    width: fc.integer({ min: 1, max: 4000 }),
  });
  fc.assert(
    fc.property(shape, wish, (picture, wanted) => {
      const variants = made(planVariants(picture));
      const chosen = chooseVariant(variants, wanted);
      expect(chosen?.fit).toBe(wanted.fit);
      const widest = Math.max(...variants.filter(({ fit }) => fit === wanted.fit).map(({ width }) => width));
      expect(chosen?.width).toBeGreaterThanOrEqual(Math.min(wanted.width, widest));
    }),
  );
});

test('a picture with transparency has PNG instead of JPEG', () => {
  const formats = (hasAlpha: boolean) => {
    const variants = made(planVariants({ width: 500, height: 500, hasAlpha }));
    return (['JPEG', 'PNG'] as const).map(
      (format) => chooseVariant(variants, { format, fit: 'COVER', width: 100 })?.format,
    );
  };
  expect([formats(true), formats(false)]).toEqual([
    ['PNG', 'PNG'],
    ['JPEG', 'JPEG'],
  ]);
});

test('a square around any point lies inside of the picture and has its shorter side', () => {
  const percent = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(shape, percent, percent, (picture, x, y) => {
      const { left, top, width, height } = squareAround(picture, { x, y });
      expect(width).toBe(Math.min(picture.width, picture.height));
      expect(height).toBe(width);
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(picture.width);
      expect(top + height).toBeLessThanOrEqual(picture.height);
    }),
  );
});

test.each([
  ['a JPEG', [0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
  ['a GIF', [...Buffer.from('GIF89a')], 'image/gif'],
  ['an AVIF', [0, 0, 0, 32, ...Buffer.from('ftypavif')], 'image/avif'],
  ['HEIC', [0, 0, 0, 32, ...Buffer.from('ftypheic')], null],
  ['an SVG', [...Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">')], null],
  ['a page', [...Buffer.from('<!doctype html>')], null],
  ['nothing', [], null],
])('%s is recognized by its content', (_name, bytes, type) => {
  expect(typeOfContent(Uint8Array.from(bytes))).toBe(type);
});

test('an alternative text is in the language, its base language or the language of the shop', () => {
  const texts = [{ locale: 'de', text: 'Lampe' }];
  expect(['de', 'de-AT', 'DE', 'fr'].map((locale) => altIn(locale, 'Lamp', texts))).toEqual([
    'Lampe',
    'Lampe',
    'Lampe',
    'Lamp',
  ]);
});

test('the plan decides the quota', () => {
  expect(['STARTER', 'PROFESSIONAL', 'ENTERPRISE', 'UNKNOWN'].map((plan) => quotaOf(plan) / 1e9)).toEqual([
    10, 100, 1000, 10,
  ]);
});
