import { ChevronRight } from 'lucide-react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { Page } from '../page/page.tsx';
import { FindOrder } from './find-order.tsx';
import { useKeptOrders } from './order-store.ts';

/** The orders that this browser has stored, and a form to open another order. */
export function OrdersPage() {
  const { t, dateTime } = useI18n();
  const orders = useKeptOrders();
  return (
    <Page title={t('orders.title')}>
      <h1 className="mb-8 font-serif text-36">{t('orders.title')}</h1>
      <div className="grid gap-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-16">
        <section>
          <h2 className="mb-3 text-18 font-semibold">{t('orders.here')}</h2>
          {orders.length === 0 && <p className="text-14 text-ink-2">{t('orders.none')}</p>}
          <ul className="flex flex-col border-t empty:border-0">
            {orders.map(({ id, number, placedAt }) => (
              <li key={id} className="relative flex items-center justify-between gap-4 border-b py-4 hover:bg-hover">
                <span>
                  <Link href={`/orders/${id}`} className="font-medium after:absolute after:inset-0">
                    {t('order.title', { number })}
                  </Link>
                  <span className="block text-14 text-ink-3">{dateTime(placedAt)}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 text-ink-3 rtl:rotate-180" strokeWidth={1.75} />
              </li>
            ))}
          </ul>
        </section>
        <section className="h-fit rounded-card border bg-surface p-6">
          <h2 className="text-18 font-semibold">{t('orders.find')}</h2>
          <p className="mt-1 mb-5 text-14 text-ink-2">{t('orders.find.text')}</p>
          <FindOrder />
        </section>
      </div>
    </Page>
  );
}
