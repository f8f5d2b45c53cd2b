import { createHash } from 'node:crypto';
import { err, ok, type Failure, type Result } from '@souk/kit/domain';
import { encode as encodeBlurHash } from 'blurhash';
import type { Sharp } from 'sharp';
import { damaged, tooManyPixels, typeNotSupported } from './media.errors.ts';
import {
  MAX_PIXELS,
  MAX_SIDE,
  squareAround,
  typeOfContent,
  type FocalPoint,
  type MediaFormat,
  type PictureShape,
  type UploadType,
  type VariantPlan,
} from './media.ts';

/** The maximum width of the decoded pixels from which resized variants are created. */
const WORKING_SIDE = 1920;
/** The maximum time to decode one picture, in seconds. */
const TIMEOUT_S = 60;
const BLUR_SIDE = 32;
/** The number of bytes per pixel: red, green, blue and alpha. */
const CHANNELS = 4;
/** sharp's names of the formats. `heif` is AVIF when its compression is AV1. */
const SHARP_FORMATS: Readonly<Record<UploadType, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
};
/** The file name extension of each format. The names of stored objects end with it. */
const ENDINGS: Readonly<Record<MediaFormat, string>> = { AVIF: 'avif', WEBP: 'webp', JPEG: 'jpg', PNG: 'png' };

/** The type and size of an upload with a valid header. */
export interface InspectedImage {
  readonly type: UploadType;
  /** The width in pixels, after the camera's orientation is applied. */
  readonly width: number;
  readonly height: number;
}

/** The decoded pixels: sRGB with alpha, upright, without metadata. */
export interface Pixels extends PictureShape {
  readonly data: Buffer;
}

/** Reads type and size from the content of an upload, because its name and declared type can be wrong. Does not decode pixels. */
export async function inspectImage(bytes: Uint8Array): Promise<Result<InspectedImage, Failure>> {
  const type = typeOfContent(bytes);
  if (type === null) return err(typeNotSupported()); // before sharp sees the content: it would also read SVG and PDF
  try {
    const found = await (await opened(bytes)).metadata();
    const isAvif = type !== 'image/avif' || found.compression === 'av1';
    if (found.format !== SHARP_FORMATS[type] || !isAvif) return err(typeNotSupported());
    const { width, height } = found.autoOrient;
    if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) return err(tooManyPixels());
    return ok({ type, width, height });
  } catch (error) {
    const isLarge = error instanceof Error && error.message.includes('exceeds pixel limit');
    return err(isLarge ? tooManyPixels() : damaged());
  }
}

/**
 * Decodes a picture. Applies the camera's orientation, converts colors to sRGB, and drops EXIF and other metadata. Only the first frame of
 * an animation is kept.
 * @throws Error when the content is damaged
 */
export async function decodeImage(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await (
    await opened(bytes)
  )
    .autoOrient()
    .toColorspace('srgb')
    .resize({ width: WORKING_SIDE, height: WORKING_SIDE * 8, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .timeout({ seconds: TIMEOUT_S })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, hasAlpha: !isOpaque(data) };
}

function isOpaque(rgba: Buffer): boolean {
  for (let at = 3; at < rgba.length; at += CHANNELS) if (rgba[at] !== 255) return false;
  return true;
}

/** Encodes a few pixels as text, which clients show until the picture has loaded (https://blurha.sh). */
export async function blurHashOf(pixels: Pixels): Promise<string> {
  const { data, info } = await (
    await pictureOf(pixels)
  )
    .resize(BLUR_SIDE, BLUR_SIDE, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return encodeBlurHash(new Uint8ClampedArray(data), info.width, info.height, 4, 3);
}

/** A resized picture, ready to be stored. */
export interface RenderedVariant {
  readonly bytes: Buffer;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** The name of the stored object: the hash of its content, with the file name extension of its format. */
  readonly name: string;
}

/** Crops, resizes and encodes a picture as one resized variant. */
export async function renderVariant(pixels: Pixels, focal: FocalPoint, plan: VariantPlan): Promise<RenderedVariant> {
  const all = await pictureOf(pixels);
  const picture = pixels.hasAlpha ? all : all.removeAlpha();
  const part = plan.fit === 'COVER' ? picture.extract(squareAround(pixels, focal)) : picture;
  const sized = part.resize({ width: plan.width, withoutEnlargement: true });
  const { data, info } = await encoded(sized, plan.format).toBuffer({ resolveWithObject: true });
  const hash = createHash('sha256').update(data).digest('hex');
  return { bytes: data, pixelWidth: info.width, pixelHeight: info.height, name: `${hash}.${ENDINGS[plan.format]}` };
}

function encoded(picture: Sharp, format: MediaFormat): Sharp {
  switch (format) {
    case 'AVIF':
      return picture.avif({ quality: 55, effort: 1 }); // effort 2 takes twice the time for 4 % less bytes
    case 'WEBP':
      return picture.webp({ quality: 80, effort: 2 });
    case 'JPEG':
      return picture.jpeg({ quality: 82, progressive: true });
    case 'PNG':
      return picture.png({ compressionLevel: 8 });
  }
}

/** sharp is loaded with the first picture, because its native library takes memory in every process. */
async function opened(bytes: Uint8Array): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 });
}

async function pictureOf({ data, width, height }: Pixels): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  return sharp(data, { raw: { width, height, channels: CHANNELS } });
}
