import { Button, EmptyState, Picture, Skeleton, Stepper, TextLink } from '@souk/ui';
import { CircleAlert, ShoppingBag } from 'lucide-react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { MoneyRows } from '../page/money-rows.tsx';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { DiscountCodes } from './discount-codes.tsx';
import { useCartLines } from './use-cart-lines.ts';
import { useCart, type Cart } from './use-cart.ts';
import { useLinePictures, type LinePicture } from './use-line-pictures.ts';

export function CartPage() {
  const { t } = useI18n();
  return (
    <Page title={t('cart.title')}>
      <h1 className="mb-8 font-serif text-36">{t('cart.title')}</h1>
      <CartContent />
    </Page>
  );
}

function CartContent() {
  const { t } = useI18n();
  const { cart, error, isLoading, refetch } = useCart();
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (isLoading) return <Skeleton className="h-48 rounded-card" />;
  if (!cart || cart.lines.length === 0) return <EmptyCart />;
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-16">
      <CartLines cart={cart} />
      <section aria-label={t('total.title')} className="h-fit rounded-card border bg-surface p-6 lg:sticky lg:top-32">
        <div className="mb-5 border-b pb-5">{!cart.isDraft && <DiscountCodes cart={cart} />}</div>
        <MoneyRows totals={cart.totals} hasShipping={cart.shippingMethod !== null} />
        <Button kind="primary" size="large" asChild className="mt-6 w-full">
          <Link href="/checkout">{t('cart.checkout')}</Link>
        </Button>
        <p className="mt-4 text-center text-14">
          <TextLink asChild>
            <Link href="/products">{t('cart.continue')}</Link>
          </TextLink>
        </p>
      </section>
    </div>
  );
}

/** The page of a cart without lines, with a link to the products. */
export function EmptyCart() {
  const { t } = useI18n();
  return (
    <EmptyState
      icon={<ShoppingBag aria-hidden className="size-8" strokeWidth={1.5} />}
      title={t('cart.empty.title')}
      text={t('cart.empty.text')}
      action={
        <Button kind="primary" asChild>
          <Link href="/products">{t('cart.empty.action')}</Link>
        </Button>
      }
    />
  );
}

function CartLines({ cart }: { readonly cart: Cart }) {
  const pictures = useLinePictures(cart.lines.map(({ sku }) => sku));
  return (
    <ul className="flex flex-col border-t">
      {cart.lines.map((line) => (
        <CartLine key={line.id} cart={cart} line={line} picture={pictures.get(line.sku)} />
      ))}
    </ul>
  );
}

interface CartLineProps {
  readonly cart: Cart;
  readonly line: Cart['lines'][number];
  readonly picture: LinePicture | undefined;
}

/** The number of units that are left, or when the missing units are sent. */
function WarningText({ warning: { code, available, expectedAt } }: { readonly warning: Cart['warnings'][number] }) {
  const { t, dateTime } = useI18n();
  if (code !== 'BACKORDERED') return t('cart.onlyLeft', { available });
  if (expectedAt === null) return t('cart.backordered', { available });
  return t('cart.backorderedUntil', { available, date: dateTime(String(expectedAt)) });
}

function CartLine({ cart, line, picture }: CartLineProps) {
  const { t, money } = useI18n();
  const warning = cart.warnings.find(({ lineId }) => lineId === line.id);
  const { name } = line;
  return (
    <li className="grid grid-cols-[5rem_minmax(0,1fr)] gap-4 border-b py-5 sm:grid-cols-[7rem_minmax(0,1fr)_auto] sm:gap-6">
      <Picture src={picture?.url ?? null} alt="" className="aspect-square rounded-card" />
      <div className="flex flex-col gap-1">
        <p className="font-medium">{picture ? <Link href={`/products/${picture.slug}`}>{name}</Link> : name}</p>
        <p className="text-14 text-ink-3">{line.options.map(({ value }) => value).join(', ')}</p>
        <p className="text-14 text-ink-3">{t('cart.each', { price: money(line.unitPrice) })}</p>
        {warning && (
          <p
            className={`flex items-start gap-1.5 text-14 ${warning.code === 'BACKORDERED' ? 'text-ink-2' : 'text-bad'}`}
          >
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
            <WarningText warning={warning} />
          </p>
        )}
        {line.isGift && <GiftNote quantity={line.quantity} />}
        {!line.isGift && cart.isDraft && <p className="mt-2 text-14 text-ink-2">× {line.quantity}</p>}
        {!line.isGift && !cart.isDraft && <LineControls cart={cart} line={line} />}
      </div>
      <p className="col-start-2 font-medium tabular-nums sm:col-start-3 sm:text-end">{money(line.total)}</p>
    </li>
  );
}

/** Explains a free gift. Its promotion controls the line, so the buyer cannot change or remove it. */
function GiftNote({ quantity }: { readonly quantity: number }) {
  const { t } = useI18n();
  return (
    <p className="mt-2 text-14 text-good">
      {quantity} × {t('cart.gift')}
    </p>
  );
}

function LineControls({ cart, line }: Pick<CartLineProps, 'cart' | 'line'>) {
  const { t } = useI18n();
  const { setQuantity, remove, isChanging } = useCartLines(cart);
  const { name, quantity } = line;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-4">
      <Stepper
        label={t('product.quantity', { name })}
        less={t('product.less')}
        more={t('product.more')}
        value={quantity}
        disabled={isChanging}
        onChange={(next) => void setQuantity(line, next)}
      />
      <Button kind="quiet" size="small" aria-label={t('cart.removeItem', { name })} onClick={() => void remove(line)}>
        {t('cart.remove')}
      </Button>
    </div>
  );
}
