import type { StoreHomeQuery } from '@souk/sdk';
import type { PictureProps, PictureSource } from '@souk/ui';

type ListedMedia = NonNullable<StoreHomeQuery['products']>['nodes'][number]['media'][number];
/** A picture of a product. Some queries do not select its resized files. */
export type ShownMedia = Omit<ListedMedia, 'media'> & Partial<Pick<ListedMedia, 'media'>>;
type Variants = NonNullable<ListedMedia['media']>['sources'];

/** The image formats, smallest files first. The browser uses the first format that it supports. */
const FORMATS = [
  ['AVIF', 'image/avif'],
  ['WEBP', 'image/webp'],
] as const;

/**
 * Returns the properties of `Picture` for a product's picture. For an uploaded picture, the browser selects the file
 * with the best size.
 * @param sizes the HTML attribute `sizes`: the width of the picture on the page
 * @param blurUrl converts a blur hash to the URL of a tiny picture
 */
export function pictureProps(
  media: ShownMedia | undefined,
  sizes: string,
  blurUrl: (hash: string) => string | null,
): Pick<PictureProps, 'src' | 'alt' | 'width' | 'height' | 'sources' | 'sizes' | 'blur'> {
  if (!media) return { src: null, alt: '' };
  const { url, alt, width, height } = media;
  const uploaded = media.media;
  const blur = uploaded?.blurHash ? blurUrl(uploaded.blurHash) : null;
  return {
    src: url,
    alt,
    width,
    height,
    ...(uploaded && { sources: sourcesOf(uploaded.sources), sizes }),
    ...(blur !== null && { blur }),
  };
}

function sourcesOf(variants: Variants): PictureSource[] {
  return FORMATS.flatMap(([format, type]) => {
    const found = variants.filter((each) => each.format === format);
    return found.length === 0 ? [] : [{ type, srcSet: found.map(({ url, width }) => `${url} ${width}w`).join(', ') }];
  });
}
