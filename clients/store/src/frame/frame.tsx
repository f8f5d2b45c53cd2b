import { DirectionProvider } from './direction.tsx';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { BottomBar } from './bottom-bar.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';

/** The layout around every page: header, footer, and a navigation bar at the bottom on phones. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useI18n();
  return (
    <DirectionProvider>
      <div className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only z-50 rounded-control bg-surface px-4 py-2 text-14 shadow-floating focus:not-sr-only focus:fixed focus:start-4 focus:top-4"
        >
          {t('nav.skip')}
        </a>
        <Header />
        <main id="content" tabIndex={-1} className="flex-1 outline-none">
          {children}
        </main>
        <Footer />
        <BottomBar />
      </div>
    </DirectionProvider>
  );
}
