import { Button, EmptyState } from '@souk/ui';
import { CloudOff, Compass } from 'lucide-react';
import { Link } from 'wouter';
import { isOffline } from '../api/clients.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Page } from './page.tsx';

/** Shows that loading failed, with a button to try again. */
export function LoadError({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useI18n();
  return (
    <div role="alert">
      <EmptyState
        icon={<CloudOff aria-hidden className="size-8" strokeWidth={1.5} />}
        title={t('error.title')}
        text={t(isOffline(error) ? 'error.network' : 'error.server')}
        action={<Button onClick={onRetry}>{t('error.retry')}</Button>}
      />
    </div>
  );
}

/** The page for an unknown URL. */
export function NotFound() {
  const { t } = useI18n();
  return (
    <Page title={t('error.notFound.title')}>
      <h1 className="sr-only">{t('error.notFound.title')}</h1>
      <EmptyState
        icon={<Compass aria-hidden className="size-8" strokeWidth={1.5} />}
        title={t('error.notFound.title')}
        text={t('error.notFound.text')}
        action={
          <Button asChild>
            <Link href="/">{t('error.notFound.action')}</Link>
          </Button>
        }
      />
    </Page>
  );
}
