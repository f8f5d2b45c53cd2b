import { Button, Price, StatusPill, Stepper } from '@souk/ui';
import type { ProductBySlugQuery } from '@souk/sdk';
import { useState } from 'react';
import { useAddToCart } from '../cart/use-add-to-cart.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { WishlistButton } from '../wishlist/wishlist-button.tsx';
import { OptionPicker } from './option-picker.tsx';
import { stockWord } from './stock.ts';
import { chosenVariant, firstChoice } from './variant-choice.ts';

type Product = NonNullable<ProductBySlugQuery['product']>;
type Variant = NonNullable<Product['variants']>['nodes'][number];

/** The controls to buy a product: options, price, stock, quantity and button. */
export function BuyBox({ product }: { readonly product: Product }) {
  const variants = product.variants?.nodes ?? [];
  const [choice, setChoice] = useState(() => firstChoice(variants));
  const variant = chosenVariant(variants, choice);
  return (
    <div className="flex flex-col gap-6">
      <PriceLine product={product} variant={variant} />
      {product.options.length > 0 && (
        <OptionPicker options={product.options} variants={variants} choice={choice} onChoose={setChoice} />
      )}
      {variant && <BuyRow key={variant.id} product={product} variant={variant} />}
      {variant && <WishlistButton variantId={variant.id} name={product.name} />}
    </div>
  );
}

function PriceLine({ product, variant }: { readonly product: Product; readonly variant: Variant | undefined }) {
  const { t, money } = useI18n();
  const price = variant?.price ?? product.priceRange?.min;
  const stock = stockWord(variant?.availability ?? null);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-22">
        {price && (
          <Price
            price={money(price)}
            {...(variant?.compareAtPrice && {
              compareAt: money(variant.compareAtPrice),
              compareAtLabel: t('product.before'),
            })}
            {...(variant?.unitPrice && {
              note: t('product.unitPrice', { ...variant.unitPrice, price: money(variant.unitPrice.price) }),
            })}
          />
        )}
      </p>
      {variant && variant.priceTiers.length > 1 && <PriceTiers tiers={variant.priceTiers} />}
      <p className="text-12 text-ink-3">{t('product.tax')}</p>
      <p aria-live="polite">
        {stock && <StatusPill tone={stock.tone}>{t(stock.key, { count: stock.count })}</StatusPill>}
        {!variant && <StatusPill>{t('product.unavailable')}</StatusPill>}
      </p>
    </div>
  );
}

function PriceTiers({ tiers }: { readonly tiers: Variant['priceTiers'] }) {
  const { t, money } = useI18n();
  return (
    <ul aria-label={t('product.tiers')} className="flex flex-col gap-1 text-14 text-ink-2 tabular-nums">
      {tiers.slice(1).map(({ fromQuantity, price }) => (
        <li key={fromQuantity}>{t('product.tier', { count: fromQuantity, price: money(price) })}</li>
      ))}
    </ul>
  );
}

function BuyRow({ product, variant }: { readonly product: Product; readonly variant: Variant }) {
  const { t } = useI18n();
  const { add, isAdding } = useAddToCart();
  const [quantity, setQuantity] = useState(1);
  const available = variant.availability?.quantity;
  const isSoldOut = variant.availability !== null && !variant.availability.inStock;
  return (
    <div className="sticky bottom-16 z-10 -mx-4 flex flex-wrap gap-3 border-y bg-paper p-3 sm:static sm:m-0 sm:border-0 sm:bg-transparent sm:p-0">
      <Stepper
        label={t('product.quantity', { name: product.name })}
        less={t('product.less')}
        more={t('product.more')}
        value={quantity}
        onChange={setQuantity}
        disabled={isSoldOut}
        {...(available !== undefined && { max: Math.max(1, available) })}
        className="h-12"
      />
      <Button
        kind="primary"
        size="large"
        className="min-w-0 flex-1 px-3 whitespace-normal sm:px-6"
        disabled={isSoldOut}
        loading={isAdding}
        onClick={() => void add({ variantId: variant.id, quantity, name: product.name })}
      >
        {isSoldOut ? t('stock.out') : t('product.add')}
      </Button>
    </div>
  );
}
