import { OrdersDocument } from '@souk/sdk';
import { CommandPalette, useTheme } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { LogOut, Moon, ShoppingBag, Sun } from 'lucide-react';
import { useLocation } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { signOut } from '../session/session-store.ts';
import { useMay } from '../session/use-session.ts';
import { PAGES } from './pages.ts';

const RECENT_ORDERS = 50;
const ICON = { className: 'size-4', strokeWidth: 1.75, 'aria-hidden': true } as const;

export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** The command palette: finds pages, recent orders and actions. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const { t, money } = useI18n();
  const may = useMay();
  const [, go] = useLocation();
  const [, setTheme] = useTheme();
  const recent = useQuery({
    queryKey: ['orders', 'palette'],
    queryFn: ({ signal }) => souk.run(OrdersDocument, { first: RECENT_ORDERS }, { signal }),
    enabled: open && may('orders:read'),
  });
  const pages = PAGES.filter(({ scope }) => scope === null || may(scope)).map(({ path, label, icon: Icon }) => ({
    id: path,
    label: t(label),
    icon: <Icon {...ICON} />,
    onSelect: () => go(path),
  }));
  const orders = (recent.data?.orders?.nodes ?? []).map(({ id, number, email, totals }) => ({
    id,
    label: `${number} ${email}`,
    hint: money(totals.total),
    icon: <ShoppingBag {...ICON} />,
    onSelect: () => go(`/orders/${id}`),
  }));
  const actions = [
    { id: 'light', label: t('theme.light'), icon: <Sun {...ICON} />, onSelect: () => setTheme('light') },
    { id: 'dark', label: t('theme.dark'), icon: <Moon {...ICON} />, onSelect: () => setTheme('dark') },
    { id: 'sign-out', label: t('nav.signOut'), icon: <LogOut {...ICON} />, onSelect: () => void signOut() },
  ];
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      label={t('palette.label')}
      placeholder={t('palette.placeholder')}
      empty={t('palette.empty')}
      groups={[
        { heading: t('palette.pages'), items: pages },
        ...(orders.length > 0 ? [{ heading: t('palette.orders'), items: orders }] : []),
        { heading: t('palette.actions'), items: actions },
      ]}
    />
  );
}
