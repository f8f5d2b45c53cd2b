import { Picture } from '@souk/ui';
import { useLinePictures } from '../cart/use-line-pictures.ts';
import type { Cart } from '../cart/use-cart.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { MoneyRows } from '../page/money-rows.tsx';

/** The lines and the total of the cart, beside the steps. */
export function CheckoutSummary({ cart }: { readonly cart: Cart }) {
  const { t, money } = useI18n();
  const pictures = useLinePictures(cart.lines.map(({ sku }) => sku));
  return (
    <section
      aria-label={t('cart.title')}
      className="order-first h-fit rounded-card border bg-surface p-5 sm:p-6 lg:sticky lg:top-32 lg:order-last"
    >
      <ul className="mb-5 flex flex-col gap-4 border-b pb-5">
        {cart.lines.map((line) => (
          <li key={line.id} className="grid grid-cols-[3.5rem_minmax(0,1fr)_auto] gap-3 text-14">
            <Picture src={pictures.get(line.sku)?.url ?? null} alt="" className="aspect-square rounded-control" />
            <div>
              <p className="font-medium">{line.name}</p>
              <p className="text-ink-3">
                {[t('order.quantity', { count: line.quantity }), ...line.options.map(({ value }) => value)].join(' ')}
              </p>
            </div>
            <p className="tabular-nums">{money(line.total)}</p>
          </li>
        ))}
      </ul>
      <MoneyRows totals={cart.totals} hasShipping={cart.shippingMethod !== null} />
    </section>
  );
}
