import { useState, type ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { LiveOrdersProvider } from '../live/live-orders.tsx';
import { Palette } from './palette.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

const KEY = 'souk-dashboard-sidebar';

/**
 * Whether the sidebar starts collapsed. The stored choice decides. Without a choice, it starts collapsed only on a
 * narrow screen.
 */
function isCollapsedFirst(): boolean {
  const stored = localStorage.getItem(KEY);
  return stored === null ? window.matchMedia('(max-width: 1023px)').matches : stored === 'collapsed';
}

/** The layout around every page: sidebar, top bar and command palette. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useI18n();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [collapsed, setCollapsed] = useState(isCollapsedFirst);
  const collapse = (next: boolean) => {
    localStorage.setItem(KEY, next ? 'collapsed' : 'open');
    setCollapsed(next);
  };
  return (
    <LiveOrdersProvider>
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:start-4 focus:top-2"
      >
        {t('nav.skip')}
      </a>
      <div className="flex min-h-dvh">
        <Sidebar collapsed={collapsed} onCollapse={collapse} />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar onSearch={() => setPaletteOpen(true)} />
          <main id="content" tabIndex={-1} className="flex-1 outline-none">
            {children}
          </main>
        </div>
      </div>
      <Palette open={paletteOpen} onOpenChange={setPaletteOpen} />
    </LiveOrdersProvider>
  );
}
