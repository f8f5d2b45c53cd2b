import { Button, Card, Skeleton } from '@souk/ui';
import { CircleAlert, PackageOpen, TriangleAlert, type LucideIcon } from 'lucide-react';
import { Link } from 'wouter';
import { useI18n, type I18n } from '../i18n/use-i18n.ts';
import { LOW_STOCK, useFailedPayments, useLowStock, useUnshipped } from './use-needs.ts';

interface Need {
  readonly key: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly href: string;
}

/** The tasks for the staff, such as unshipped orders, each with one link. */
export function NeedsList() {
  const i18n = useI18n();
  const { t } = i18n;
  const unshipped = useUnshipped();
  const lowStock = useLowStock();
  const payments = useFailedPayments();
  const needs = [
    unshippedNeed(i18n, unshipped.data),
    stockNeed(i18n, lowStock.data?.length ?? 0),
    paymentsNeed(i18n, payments.data),
  ].filter((need) => need !== null);
  const isLoading = [unshipped, lowStock, payments].some(({ isLoading: loading }) => loading);
  return (
    <Card title={t('home.needs')} flush>
      {isLoading && <Skeleton className="m-4 h-10" />}
      {!isLoading && needs.length === 0 && <p className="p-4 text-14 text-ink-2">{t('home.needs.none')}</p>}
      <ul>
        {needs.map(({ key, icon: Icon, title, text, href }) => (
          <li key={key} className="flex items-start gap-3 border-b p-4 text-14 last:border-b-0">
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" strokeWidth={1.75} />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{title}</p>
              <p className="text-ink-2">{text}</p>
            </div>
            <Button size="small" asChild>
              <Link href={href} aria-label={`${t('home.needs.show')}: ${title}`}>
                {t('home.needs.show')}
              </Link>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function unshippedNeed({ t }: I18n, data: ReturnType<typeof useUnshipped>['data']): Need | null {
  if (!data || data.count === 0) return null;
  const { count, hasMore, late } = data;
  return {
    key: 'unshipped',
    icon: PackageOpen,
    title: t(hasMore ? 'home.needs.unshippedMany' : 'home.needs.unshipped', { count }),
    text: late > 0 ? t('home.needs.late', { count: late }) : t('home.needs.unshipped.text'),
    href: '/orders?view=toShip',
  };
}

function stockNeed({ t }: I18n, count: number): Need | null {
  if (count === 0) return null;
  return {
    key: 'stock',
    icon: TriangleAlert,
    title: t('home.needs.stock', { count }),
    text: t('home.needs.stock.text', { limit: LOW_STOCK }),
    href: '/inventory?low=true',
  };
}

function paymentsNeed({ t, money }: I18n, payments: ReturnType<typeof useFailedPayments>['data']): Need | null {
  const [latest] = payments ?? [];
  if (!payments || !latest) return null;
  return {
    key: 'payments',
    icon: CircleAlert,
    title: t('home.needs.payments', { count: payments.length }),
    text: `${t('home.needs.payments.text')} ${money(latest.amount)}`,
    href: latest.order ? `/orders/${latest.order.id}` : '/orders',
  };
}
