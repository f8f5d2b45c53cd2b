import { Badge, Dialog, IconButton, Menu, StatusPill, useTheme, type Theme } from '@souk/ui';
import { LogOut, Menu as MenuIcon, Monitor, Moon, Search, Sun, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useLiveOrders } from '../live/live-orders.tsx';
import { signOut } from '../session/session-store.ts';
import { useMay, useSession } from '../session/use-session.ts';
import { PageLinks } from './sidebar.tsx';

const ICON = { className: 'size-4', strokeWidth: 1.75, 'aria-hidden': true } as const;

/** The bar above every page: shop, search, state of the live connection, account, and a menu on phones. */
export function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  const { t } = useI18n();
  const [menuOpen, setMenuOpen] = useState(false);
  const may = useMay();
  const tenant = useSession()?.user.tenant;
  const { isLive } = useLiveOrders();
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b bg-surface px-3 md:px-6">
      <IconButton label={t('action.menu')} className="md:hidden" onClick={() => setMenuOpen(true)}>
        <MenuIcon aria-hidden className="size-5" strokeWidth={1.75} />
      </IconButton>
      <p className="min-w-0 truncate text-14 font-medium">{tenant?.name}</p>
      {may('orders:read') && (
        <StatusPill tone={isLive ? 'good' : 'warn'} className="hidden sm:inline-flex">
          {t(isLive ? 'live.on' : 'live.off')}
        </StatusPill>
      )}
      <button
        type="button"
        onClick={onSearch}
        className="ms-auto flex h-9 items-center gap-2 rounded-control border bg-sunken px-3 text-14 text-ink-2 hover:border-line-strong sm:w-64"
      >
        <Search aria-hidden className="size-4" strokeWidth={1.75} />
        <span className="sr-only sm:not-sr-only">{t('action.search')}</span>
        <Badge className="ms-auto hidden border bg-surface sm:inline-flex">Ctrl K</Badge>
      </button>
      <AccountMenu />
      <Dialog
        open={menuOpen}
        onOpenChange={setMenuOpen}
        title={t('action.menu')}
        close={t('action.close')}
        shape="sheet-start"
      >
        <div className="-mx-3">
          <PageLinks onFollow={() => setMenuOpen(false)} />
        </div>
      </Dialog>
    </header>
  );
}

function AccountMenu() {
  const { t } = useI18n();
  const user = useSession()?.user;
  const [theme, setTheme] = useTheme();
  const themes = [
    ['system', <Monitor key="system" {...ICON} />],
    ['light', <Sun key="light" {...ICON} />],
    ['dark', <Moon key="dark" {...ICON} />],
  ] as const satisfies readonly (readonly [Theme, unknown])[];
  return (
    <Menu
      trigger={
        <IconButton label={t('nav.account')}>
          <UserRound aria-hidden className="size-5" strokeWidth={1.75} />
        </IconButton>
      }
      heading={
        <>
          <span className="block font-medium">{user?.email}</span>
          <span className="block text-12 text-ink-3">
            {user && t(`settings.role.${user.role as 'OWNER' | 'STAFF' | 'SHOPPER'}`)}
          </span>
        </>
      }
      groups={[
        themes.map(([each, icon]) => ({
          label: t(`theme.${each}`),
          icon,
          checked: each === theme,
          onSelect: () => setTheme(each),
        })),
        [{ label: t('nav.signOut'), icon: <LogOut {...ICON} />, onSelect: () => void signOut() }],
      ]}
    />
  );
}
