import type { StoreHomeQuery } from '@souk/sdk';
import type { PictureProps, PictureSource } from '@souk/ui';

type Media = NonNullable<StoreHomeQuery['products']>['nodes'][number]['media'][number];
type Variants = NonNullable<Media['media']>['sources'];

/** The formats in the order in which a browser tries them: the smallest files first. */
const FORMATS = [
  ['AVIF', 'image/avif'],
  ['WEBP', 'image/webp'],
] as const;

/**
 * The properties of a picture of a product. An uploaded picture has variants, of which the browser loads the one that fits.
 * @param sizes the width at which the page shows the picture: the attribute `sizes` of HTML
 * @param blurUrl makes the URL of a tiny picture from a blur hash
 */
export function pictureProps(
  media: Media | undefined,
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
