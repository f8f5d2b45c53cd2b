import type { OrderShowQuery } from '@souk/sdk';
import { Picture } from '@souk/ui';
import { Link } from 'wouter';
import { useLinePictures } from '../cart/use-line-pictures.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** The list of an order's lines. */
export function OrderLines({ lines }: { readonly lines: NonNullable<OrderShowQuery['order']>['lines'] }) {
  const { t, money } = useI18n();
  const pictures = useLinePictures(lines.map(({ sku }) => sku));
  return (
    <section>
      <h2 className="mb-4 text-18 font-semibold">{t('order.items')}</h2>
      <ul className="flex flex-col border-t">
        {lines.map((line) => {
          const picture = pictures.get(line.sku);
          return (
            <li key={line.id} className="grid grid-cols-[4rem_minmax(0,1fr)_auto] gap-4 border-b py-4 text-14">
              <Picture src={picture?.url ?? null} alt="" className="aspect-square rounded-control" />
              <div>
                <p className="font-medium">
                  {picture ? <Link href={`/products/${picture.slug}`}>{line.name}</Link> : line.name}
                </p>
                <p className="text-ink-3">
                  {t('order.quantity', { count: line.quantity })} {money(line.unitPrice)}
                </p>
                {line.canceledQuantity > 0 && (
                  <p className="text-bad">{t('order.canceledUnits', { count: line.canceledQuantity })}</p>
                )}
              </div>
              <p className="tabular-nums">{money(line.total)}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
