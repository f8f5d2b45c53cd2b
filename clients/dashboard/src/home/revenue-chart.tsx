import { ChartFrame } from '@souk/ui';
import { Bar, BarChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { DaySales } from './today.ts';

const HEIGHT_PX = 180;
const BAR_RADIUS: [number, number, number, number] = [3, 3, 0, 0];
const TICK = { fill: 'var(--ink-3)', fontSize: 12 };

/** The revenue of each day as a bar chart, with a table for screen readers. */
export function RevenueChart({ days }: { readonly days: readonly DaySales[] }) {
  const { t, money, number, language } = useI18n();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric' });
  const compact = new Intl.NumberFormat(language, { notation: 'compact' });
  const rows = days.map(({ day, revenue, orders }) => ({
    label: weekday.format(day),
    values: [money(revenue), number(orders)],
  }));
  const short = new Intl.DateTimeFormat(language, { weekday: 'short' });
  // A float is precise enough for the height of a bar.
  const bars = days.map(({ day, revenue }) => ({ day: short.format(day), revenue: Number(revenue.amount) }));
  return (
    <ChartFrame
      title={t('home.chart')}
      tableLabel={t('home.chart.table')}
      columns={[t('home.chart.day'), t('home.revenue'), t('home.orders')]}
      rows={rows}
    >
      <ResponsiveContainer width="100%" height={HEIGHT_PX}>
        <BarChart data={bars} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis dataKey="day" interval={0} tickLine={false} axisLine={{ stroke: 'var(--line)' }} tick={TICK} />
          <YAxis
            width={44}
            tickLine={false}
            axisLine={false}
            tick={TICK}
            tickFormatter={(value: number) => compact.format(value)}
          />
          <Bar dataKey="revenue" fill="var(--accent)" radius={BAR_RADIUS} maxBarSize={36} isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
