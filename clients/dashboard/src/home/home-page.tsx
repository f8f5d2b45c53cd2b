import { Skeleton } from '@souk/ui';
import { lazy, Suspense } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { useMay } from '../session/use-session.ts';
import { LiveStrip } from './live-strip.tsx';
import { NeedsList } from './needs-list.tsx';
import { TodayNumbers } from './today-numbers.tsx';
import { mainCurrency, salesOf } from './today.ts';
import { useRecentOrders } from './use-sales.ts';

const RevenueChart = lazy(() => import('./revenue-chart.tsx').then(({ RevenueChart: chart }) => ({ default: chart })));
const FALLBACK_CURRENCY = 'EUR';

/** The home page: today's sales, arriving orders, and tasks for the staff. */
export function HomePage() {
  const { t, number } = useI18n();
  const mayReadOrders = useMay()('orders:read');
  const found = useRecentOrders(mayReadOrders);
  const orders = found.data?.orders ?? [];
  const sales = found.data && salesOf(orders, mainCurrency(orders) ?? FALLBACK_CURRENCY, found.dataUpdatedAt);
  return (
    <Page title={t('home.title')}>
      {mayReadOrders && found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {mayReadOrders && !found.isError && <TodayNumbers sales={sales} now={found.dataUpdatedAt} />}
      {found.data?.isPartial && (
        <p className="text-14 text-ink-3">{t('home.partial', { count: number(orders.length) })}</p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {mayReadOrders && <LiveStrip read={orders} isLoading={found.isPending} />}
        <div className="flex min-w-0 flex-col gap-4">
          <NeedsList />
          {mayReadOrders && (
            <Suspense fallback={<Skeleton className="h-72" />}>
              {sales ? <RevenueChart days={sales.days} /> : <Skeleton className="h-72" />}
            </Suspense>
          )}
        </div>
      </div>
    </Page>
  );
}
