import { classNames, Skeleton } from '@souk/ui';
import { ArrowDownRight, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import type { Sales } from './today.ts';
import { useUnshipped } from './use-needs.ts';

export interface TodayNumbersProps {
  readonly sales: Sales | undefined;
  /** The present time, at which today's sales end, in milliseconds since 1970. */
  readonly now: number;
}

/** Today's sales as cards. `sales` is undefined while loading. */
export function TodayNumbers({ sales, now }: TodayNumbersProps) {
  const { t, money, number } = useI18n();
  const unshipped = useUnshipped().data;
  if (!sales) return <NumbersSkeleton />;
  const open = unshipped && `${number(unshipped.count)}${unshipped.hasMore ? '+' : ''}`;
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-card border bg-surface lg:grid-cols-4">
      <Figure
        label={t('home.revenue')}
        value={money(sales.revenue)}
        note={<Change change={sales.change} now={now} />}
      />
      <Figure label={t('home.orders')} value={number(sales.orders)} />
      <Figure label={t('home.average')} value={sales.average ? money(sales.average) : '–'} />
      <Figure label={t('home.open')} value={open ?? '–'} />
    </dl>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly note?: ReactNode;
}

function Figure({ label, value, note }: FigureProps) {
  return (
    <div className="-me-px -mb-px border-e border-b p-4">
      <dt className="text-14 text-ink-2">{label}</dt>
      <dd className="mt-1 text-22 font-semibold tabular-nums sm:text-28">{value}</dd>
      {note && <dd className="mt-1 text-12 text-ink-3">{note}</dd>}
    </div>
  );
}

function Change({ change, now }: { readonly change: number | null; readonly now: number }) {
  const { t, language } = useI18n();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' }).format(now);
  if (change === null) return t('home.noDelta', { weekday });
  const Icon = change < 0 ? ArrowDownRight : ArrowUpRight;
  const share = new Intl.NumberFormat(language, { style: 'percent', signDisplay: 'exceptZero' }).format(change);
  return (
    <span className={classNames('inline-flex items-center gap-1', change < 0 ? 'text-bad' : 'text-good')}>
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
      {t('home.delta', { delta: share, weekday })}
    </span>
  );
}

function NumbersSkeleton() {
  return (
    <div className="grid grid-cols-2 gap-4 rounded-card border bg-surface p-4 lg:grid-cols-4">
      {['revenue', 'orders', 'average', 'open'].map((each) => (
        <div key={each} className="flex flex-col gap-2">
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-8 w-28" />
        </div>
      ))}
    </div>
  );
}
