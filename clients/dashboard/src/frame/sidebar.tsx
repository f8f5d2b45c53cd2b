import { classNames, IconButton } from '@souk/ui';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useMay } from '../session/use-session.ts';
import { Mark } from '../page/mark.tsx';
import { PAGES } from './pages.ts';

export interface SidebarProps {
  readonly collapsed: boolean;
  readonly onCollapse: (collapsed: boolean) => void;
}

/** The navigation on wide screens. Phones have a menu in the top bar instead. */
export function Sidebar({ collapsed, onCollapse }: SidebarProps) {
  const { t } = useI18n();
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside
      className={classNames(
        'sticky top-0 hidden h-dvh shrink-0 flex-col border-e bg-surface md:flex',
        collapsed ? 'w-16' : 'w-56',
      )}
    >
      <div className="flex h-14 items-center border-b px-4">
        <Mark hideName={collapsed} />
      </div>
      <PageLinks collapsed={collapsed} />
      <div className="mt-auto border-t p-2">
        <IconButton label={t(collapsed ? 'nav.expand' : 'nav.collapse')} onClick={() => onCollapse(!collapsed)}>
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
        </IconButton>
      </div>
    </aside>
  );
}

/** The links to all pages that the staff member may see. */
export function PageLinks({
  collapsed = false,
  onFollow,
}: {
  readonly collapsed?: boolean;
  readonly onFollow?: () => void;
}) {
  const { t } = useI18n();
  const may = useMay();
  const [location] = useLocation();
  return (
    <nav aria-label={t('nav.label')} className="p-2">
      <ul className="flex flex-col gap-0.5">
        {PAGES.filter(({ scope }) => scope === null || may(scope)).map(({ path, label, icon: Icon }) => {
          const isCurrent = path === '/' ? location === '/' : location.startsWith(path);
          return (
            <li key={path}>
              <Link
                href={path}
                onClick={onFollow}
                aria-current={isCurrent ? 'page' : undefined}
                aria-label={collapsed ? t(label) : undefined}
                title={collapsed ? t(label) : undefined}
                className={classNames(
                  'flex h-10 items-center gap-3 rounded-control px-3 text-14 transition-colors duration-150',
                  isCurrent ? 'bg-accent-soft font-medium text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
                  collapsed && 'justify-center px-0',
                )}
              >
                <Icon aria-hidden className="size-5 shrink-0" strokeWidth={1.75} />
                {!collapsed && t(label)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
