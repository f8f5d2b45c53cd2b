import { Picture } from '@souk/ui';
import type { ProductBySlugQuery } from '@souk/sdk';
import { useI18n } from '../i18n/use-i18n.ts';
import { blurUrl } from './blur-url.ts';
import { pictureProps } from './picture-props.ts';

const SIZES = '(min-width: 48rem) 40rem, 100vw';

type Media = NonNullable<ProductBySlugQuery['product']>['media'];

/** The pictures of a product: a carousel on phones, a column on wider screens. */
export function Gallery({ media, name }: { readonly media: Media; readonly name: string }) {
  const { t } = useI18n();
  const pictures = media.filter(({ kind }) => kind === 'IMAGE');
  const frame = 'aspect-square w-full shrink-0 snap-center md:rounded-card';
  if (pictures.length < 2) {
    const [only] = pictures;
    return (
      <Picture
        {...pictureProps(only, SIZES, blurUrl)}
        alt={only?.alt ?? name}
        eager
        className={`${frame} rounded-card`}
      />
    );
  }
  return (
    <div
      role="group"
      aria-label={t('product.pictures', { name })}
      tabIndex={0}
      className="-mx-4 flex snap-x snap-mandatory gap-2 overflow-x-auto sm:mx-0 md:grid md:grid-cols-2 md:gap-4 md:overflow-visible md:first:*:col-span-2"
    >
      {pictures.map((picture, index) => (
        <Picture key={picture.url} {...pictureProps(picture, SIZES, blurUrl)} eager={index === 0} className={frame} />
      ))}
    </div>
  );
}
