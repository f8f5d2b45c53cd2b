/** The formats of uploads, by their content types. */
export const UPLOAD_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] as const;
export type UploadType = (typeof UPLOAD_TYPES)[number];

export const MEDIA_FORMATS = ['AVIF', 'WEBP', 'JPEG', 'PNG'] as const;
export type MediaFormat = (typeof MEDIA_FORMATS)[number];
/** CONTAIN: the whole picture. COVER: a square around the focal point. */
export const MEDIA_FITS = ['CONTAIN', 'COVER'] as const;
export type MediaFit = (typeof MEDIA_FITS)[number];

/** The maximum size of an upload in bytes. */
export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
/** The maximum number of pixels. A small file may claim more, and would fill the memory when it is decoded. */
export const MAX_PIXELS = 50_000_000;
/** The maximum length of a side in pixels, which is the limit of WebP. */
export const MAX_SIDE = 16_383;

/** The widths of variants in pixels. */
const WIDTHS: Readonly<Record<MediaFit, readonly number[]>> = {
  CONTAIN: [160, 320, 640, 960, 1280, 1920],
  COVER: [160, 320, 640],
};
/** The width of the variant that clients get who ask for one URL. */
const DEFAULT_WIDTH = 1280;

const GB = 1_000_000_000;
/** The bytes that a shop may upload, by its plan. */
const QUOTAS: Readonly<Record<string, number>> = { STARTER: 10 * GB, PROFESSIONAL: 100 * GB, ENTERPRISE: 1000 * GB };
/** The quota of the smallest plan in bytes. */
export const SMALLEST_QUOTA = 10 * GB;

/** The quota of a plan in bytes. An unknown plan has the smallest. */
export function quotaOf(plan: string): number {
  return QUOTAS[plan] ?? SMALLEST_QUOTA;
}

/** A point of a picture in percent of its width and height, from the upper left corner. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

/** A variant to make. */
export interface VariantPlan {
  readonly format: MediaFormat;
  readonly fit: MediaFit;
  /** A width of the fixed list. */
  readonly width: number;
}

/** A variant that exists. */
export interface MediaVariant extends VariantPlan {
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly sizeBytes: number;
  readonly objectKey: string;
}

/** The properties of a picture on which its variants depend. */
export interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

/** The variants of a picture. A picture is not enlarged: the largest variant is the first that has all its pixels. */
export function planVariants({ width, height, hasAlpha }: PictureShape): VariantPlan[] {
  const formats: readonly MediaFormat[] = ['AVIF', 'WEBP', hasAlpha ? 'PNG' : 'JPEG'];
  const widest = { CONTAIN: width, COVER: Math.min(width, height) };
  return MEDIA_FITS.flatMap((fit) =>
    WIDTHS[fit]
      .filter((_, index, all) => index === 0 || (all[index - 1] ?? 0) < widest[fit])
      .flatMap((each) => formats.map((format) => ({ format, fit, width: each }))),
  );
}

/** The part of a picture that a square around the focal point shows, in pixels. */
export function squareAround({ width, height }: Omit<PictureShape, 'hasAlpha'>, { x, y }: FocalPoint) {
  const side = Math.min(width, height);
  const start = (length: number, percent: number) =>
    Math.round(Math.min(Math.max((length * percent) / 100 - side / 2, 0), length - side));
  return { left: start(width, x), top: start(height, y), width: side, height: side };
}

/** The variant that a client would like. */
export interface VariantWish {
  readonly format: MediaFormat;
  readonly fit: MediaFit;
  /** The width at which the picture is shown, in pixels. */
  readonly width: number;
}

/**
 * The smallest variant with enough pixels, or the largest one. A picture with transparency has PNG instead of JPEG, and any other one JPEG instead
 * of PNG. Null for a picture without variants.
 */
export function chooseVariant(
  variants: readonly MediaVariant[],
  { format, fit, width }: VariantWish,
): MediaVariant | null {
  const other = format === 'JPEG' ? 'PNG' : format === 'PNG' ? 'JPEG' : format;
  const fitting = variants
    .filter((each) => each.fit === fit && (each.format === format || each.format === other))
    .toSorted((a, b) => a.width - b.width);
  return fitting.find((each) => each.width >= width) ?? fitting.at(-1) ?? null;
}

/** The variant for clients that show one URL. */
export function defaultVariant(variants: readonly MediaVariant[]): MediaVariant | null {
  return chooseVariant(variants, { format: 'WEBP', fit: 'CONTAIN', width: DEFAULT_WIDTH });
}

/** The prefix of all objects of a picture. */
export function objectPrefix(tenantId: string, mediaId: string): string {
  return `tenants/${tenantId}/media/${mediaId}/`;
}

/** The key of the object that a client uploads. */
export const uploadKey = (tenantId: string, mediaId: string) => `${objectPrefix(tenantId, mediaId)}upload`;
/** The key of the checked upload. No client may write it. */
export const sourceKey = (tenantId: string, mediaId: string) => `${objectPrefix(tenantId, mediaId)}source`;

/** The first bytes of a file by its type. AVIF has the name of its brand at the fifth byte (ISO 14496-12). */
const SIGNATURES: readonly (readonly [UploadType, RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['image/avif', /^[^]{4}ftyp(avif|avis)/],
];

/** The type of a file by its content. Null for every other type, SVG included, because SVG holds scripts. */
export function typeOfContent(bytes: Uint8Array): UploadType | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0] ?? null;
}

/** An alternative text in another language. */
export interface AltTranslation {
  /** BCP 47. */
  readonly locale: string;
  readonly text: string;
}

/** The text in the language, in its base language (`de` for `de-AT`), or in the language of the shop. */
export function altIn(locale: string, alt: string, translations: readonly AltTranslation[]): string {
  const wanted = locale.toLowerCase();
  const textIn = (each: string) => translations.find((found) => found.locale.toLowerCase() === each)?.text;
  return textIn(wanted) ?? textIn(wanted.split('-')[0] ?? wanted) ?? alt;
}
