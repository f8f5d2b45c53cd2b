/** The content types that an upload may have. */
export const UPLOAD_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] as const;
export type UploadType = (typeof UPLOAD_TYPES)[number];

export const MEDIA_FORMATS = ['AVIF', 'WEBP', 'JPEG', 'PNG'] as const;
export type MediaFormat = (typeof MEDIA_FORMATS)[number];
/** CONTAIN shows the whole picture. COVER shows a square around the focal point. */
export const MEDIA_FITS = ['CONTAIN', 'COVER'] as const;
export type MediaFit = (typeof MEDIA_FITS)[number];

/** The maximum size of an upload in bytes. */
export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
/** The maximum number of pixels. A small file can contain many more, and decoding it would exhaust the memory. */
export const MAX_PIXELS = 50_000_000;
/** The maximum length of a side in pixels. WebP has the same limit. */
export const MAX_SIDE = 16_383;

/** The widths of the resized variants, in pixels. */
const WIDTHS: Readonly<Record<MediaFit, readonly number[]>> = {
  CONTAIN: [160, 320, 640, 960, 1280, 1920],
  COVER: [160, 320, 640],
};
/** The width of the resized variant for clients that use a single URL. */
const DEFAULT_WIDTH = 1280;

const GB = 1_000_000_000;
/** The maximum total size of a shop's uploads in bytes, by plan. */
const QUOTAS: Readonly<Record<string, number>> = { STARTER: 10 * GB, PROFESSIONAL: 100 * GB, ENTERPRISE: 1000 * GB };
/** The quota of the smallest plan in bytes. */
export const SMALLEST_QUOTA = 10 * GB;

/** The quota of a plan in bytes. An unknown plan has the smallest quota. */
export function quotaOf(plan: string): number {
  return QUOTAS[plan] ?? SMALLEST_QUOTA;
}

/** A point in percent of the picture's width and height, from the upper left corner. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

/** A resized variant to create. */
export interface VariantPlan {
  readonly format: MediaFormat;
  readonly fit: MediaFit;
  /** One of the fixed widths in pixels. The resized variant of a small picture has fewer pixels. */
  readonly width: number;
}

/** A stored resized variant, with its real size in pixels and bytes. */
export interface MediaVariant extends VariantPlan {
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly sizeBytes: number;
  readonly objectKey: string;
}

/** The properties of a picture that determine its resized variants. */
export interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

/**
 * Plans the resized variants of a picture. A picture is never enlarged. The largest variant is the first variant that
 * is at least as wide as the picture.
 */
export function planVariants({ width, height, hasAlpha }: PictureShape): VariantPlan[] {
  const formats: readonly MediaFormat[] = ['AVIF', 'WEBP', hasAlpha ? 'PNG' : 'JPEG'];
  const widest = { CONTAIN: width, COVER: Math.min(width, height) };
  return MEDIA_FITS.flatMap((fit) =>
    WIDTHS[fit]
      .filter((_, index, all) => index === 0 || (all[index - 1] ?? 0) < widest[fit])
      .flatMap((each) => formats.map((format) => ({ format, fit, width: each }))),
  );
}

/**
 * The largest square inside a picture that contains the focal point. The focal point is as near to the center of the square as possible.
 * The values are pixels.
 */
export function squareAround({ width, height }: Omit<PictureShape, 'hasAlpha'>, { x, y }: FocalPoint) {
  const side = Math.min(width, height);
  const start = (length: number, percent: number) =>
    Math.round(Math.min(Math.max((length * percent) / 100 - side / 2, 0), length - side));
  return { left: start(width, x), top: start(height, y), width: side, height: side };
}

/** The resized variant that a client requests. */
export interface VariantWish {
  readonly format: MediaFormat;
  readonly fit: MediaFit;
  /** The width in pixels at which the client shows the picture. */
  readonly width: number;
}

/**
 * Chooses the smallest resized variant that is at least as wide as requested, otherwise the widest variant. A picture
 * has either JPEG or PNG variants, and the format that exists is chosen. Null when the picture has no variants.
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

/** The resized variant for clients that use a single URL. */
export function defaultVariant(variants: readonly MediaVariant[]): MediaVariant | null {
  return chooseVariant(variants, { format: 'WEBP', fit: 'CONTAIN', width: DEFAULT_WIDTH });
}

/** The prefix of the keys of all stored objects of a picture. */
export function objectPrefix(tenantId: string, mediaId: string): string {
  return `tenants/${tenantId}/media/${mediaId}/`;
}

/** The key to which a client uploads. */
export const uploadKey = (tenantId: string, mediaId: string) => `${objectPrefix(tenantId, mediaId)}upload`;
/** The key of the checked upload, which no client can write. */
export const sourceKey = (tenantId: string, mediaId: string) => `${objectPrefix(tenantId, mediaId)}source`;

/** The first bytes of a file of each type. An AVIF file contains its brand at the ninth byte (ISO 14496-12). */
const SIGNATURES: readonly (readonly [UploadType, RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['image/avif', /^[^]{4}ftyp(avif|avis)/],
];

/** Detects the type of a file from its content. Null for unsupported types. SVG is unsupported, because it can contain scripts. */
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

/**
 * The alternative text in the language of the request. If there is none, the text in its base language (`de` for `de-AT`) or in the shop's
 * language.
 */
export function altIn(locale: string, alt: string, translations: readonly AltTranslation[]): string {
  const wanted = locale.toLowerCase();
  const textIn = (each: string) => translations.find((found) => found.locale.toLowerCase() === each)?.text;
  return textIn(wanted) ?? textIn(wanted.split('-')[0] ?? wanted) ?? alt;
}
