import { Picture, Price } from '@souk/ui';
import { Link } from 'wouter';
import type { StoreHomeQuery } from '@souk/sdk';
import { useI18n } from '../i18n/use-i18n.ts';
import { RatingLine } from '../review/stars.tsx';
import { blurUrl } from './blur-url.ts';
import { pictureProps, type ShownMedia } from './picture-props.ts';
import { stockWord, totalStock } from './stock.ts';

/**
 * The HTML attribute `sizes` of a card's picture. The grid has two columns on phones, and up to four on wider screens.
 */
const CARD_SIZES = '(min-width: 64rem) 20rem, (min-width: 40rem) 33vw, 50vw';

type ListedProduct = NonNullable<StoreHomeQuery['products']>['nodes'][number];

/** A product in a list. Without variants, the card does not show the number of choices and the stock. */
export type CardProduct = Omit<ListedProduct, 'variants' | 'media'> &
  Partial<Pick<ListedProduct, 'variants'>> & { readonly media: readonly ShownMedia[] };

export interface ProductCardProps {
  readonly product: CardProduct;
  /** Whether the browser loads the picture with high priority. Set it for the first row. @default false */
  readonly eager?: boolean;
  /** The heading level of the product's name. @default 'h2' */
  readonly heading?: 'h2' | 'h3';
}

/** A product in a grid. The entire card links to the product's page. */
export function ProductCard({ product, eager = false, heading: Heading = 'h2' }: ProductCardProps) {
  const { t, money } = useI18n();
  const { slug, name, media, priceRange, variants } = product;
  const [picture] = media;
  const nodes = variants?.nodes ?? [];
  const stock = stockWord(totalStock(nodes));
  const isRange = priceRange !== null && priceRange.min.amount !== priceRange.max.amount;
  return (
    <article className="group relative flex flex-col gap-3">
      <Picture
        {...pictureProps(picture, CARD_SIZES, blurUrl)}
        eager={eager}
        className="aspect-[4/5] rounded-card [&_img]:transition-transform [&_img]:duration-200 motion-safe:[&_img]:group-hover:scale-[1.03]"
      />
      <div className="flex flex-col gap-0.5">
        <Heading className="text-14 font-medium sm:text-16">
          <Link href={`/products/${slug}`} className="after:absolute after:inset-0 group-hover:underline">
            {name}
          </Link>
        </Heading>
        <p className="flex flex-wrap items-baseline gap-x-3 text-14 text-ink-2">
          {priceRange && <Price price={money(priceRange.min)} {...(isRange && { prefix: t('product.from') })} />}
          {nodes.length > 1 && (
            <span className="text-12 text-ink-3">{t('product.choices', { count: nodes.length })}</span>
          )}
        </p>
        <RatingLine rating={product.rating} />
        {stock && stock.key !== 'stock.in' && (
          <p className={stock.tone === 'warn' ? 'text-12 text-warn' : 'text-12 text-ink-3'}>
            {t(stock.key, { count: stock.count })}
          </p>
        )}
      </div>
    </article>
  );
}
