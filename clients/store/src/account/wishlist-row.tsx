import { Button, Picture, StatusPill } from '@souk/ui';
import { Link } from 'wouter';
import { useAddToCart } from '../cart/use-add-to-cart.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { stockWord } from '../product/stock.ts';
import { useWishlistChange } from '../wishlist/use-wishlists.ts';
import type { WishlistItem } from '../wishlist/wishlist-changes.ts';

type Variant = NonNullable<WishlistItem['variant']>;

export interface WishlistRowProps {
  readonly item: WishlistItem;
  readonly pictureUrl: string | null;
}

/** A variant in a wishlist, with its price and stock of today. */
export function WishlistRow({ item, pictureUrl }: WishlistRowProps) {
  const { t } = useI18n();
  const { variant } = item;
  const name = variant ? (variant.product?.name ?? variant.name) : t('wishlist.notForSale');
  return (
    <li className="grid grid-cols-[5rem_minmax(0,1fr)] gap-4 border-b py-5 sm:grid-cols-[7rem_minmax(0,1fr)] sm:gap-6">
      <Picture src={pictureUrl} alt="" className="aspect-square rounded-card" />
      <div className="flex flex-col items-start gap-1">
        {variant ? <VariantFacts variant={variant} name={name} /> : <p className="text-ink-2">{name}</p>}
        <ItemControls item={item} name={name} />
      </div>
    </li>
  );
}

function VariantFacts({ variant, name }: { readonly variant: Variant; readonly name: string }) {
  const { t, money } = useI18n();
  const { product, options, price, availability } = variant;
  const stock = stockWord(availability);
  return (
    <>
      <p className="font-medium">{product ? <Link href={`/products/${product.slug}`}>{name}</Link> : name}</p>
      {options.length > 0 && <p className="text-14 text-ink-3">{options.map(({ value }) => value).join(', ')}</p>}
      {price && <p className="text-14 tabular-nums">{money(price)}</p>}
      {stock && <StatusPill tone={stock.tone}>{t(stock.key, { count: stock.count })}</StatusPill>}
    </>
  );
}

function ItemControls({ item: { id, variant }, name }: { readonly item: WishlistItem; readonly name: string }) {
  const { t } = useI18n();
  const { add, isAdding } = useAddToCart();
  const { remove, isChanging } = useWishlistChange();
  const move = async (variantId: string) => (await add({ variantId, quantity: 1, name })) && remove(id);
  const canBuy = variant !== null && (variant.availability === null || variant.availability.inStock);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      {canBuy && (
        <Button
          size="small"
          loading={isAdding}
          aria-label={t('wishlist.moveItem', { name })}
          onClick={() => void move(variant.id)}
        >
          {t('wishlist.move')}
        </Button>
      )}
      <Button
        kind="quiet"
        size="small"
        disabled={isChanging || isAdding}
        aria-label={t('cart.removeItem', { name })}
        onClick={() => void remove(id)}
      >
        {t('cart.remove')}
      </Button>
    </div>
  );
}
