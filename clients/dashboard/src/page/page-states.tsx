import { SoukError } from '@souk/sdk';
import { Button, EmptyState, Skeleton } from '@souk/ui';
import { CircleOff, CloudOff } from 'lucide-react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';

export interface LoadErrorProps {
  readonly error: Error;
  readonly onRetry: () => void;
  /** Whether the error replaces the entire page, so its title is the page's heading. @default false */
  readonly isPage?: boolean;
}

/** Shows that loading failed, with a button to try again. */
export function LoadError({ error, onRetry, isPage = false }: LoadErrorProps) {
  const { t } = useI18n();
  return (
    <EmptyState
      icon={<CloudOff aria-hidden className="size-8" strokeWidth={1.5} />}
      isPage={isPage}
      title={t('error.title')}
      text={textOf(error, t)}
      action={<Button onClick={onRetry}>{t('action.retry')}</Button>}
    />
  );
}

function textOf(error: Error, t: ReturnType<typeof useI18n>['t']): string {
  if (!(error instanceof SoukError)) return error.message;
  if (error.code === 'NETWORK_ERROR') return t('error.network');
  return error.code === 'FORBIDDEN' ? t('error.forbidden') : error.message;
}

/** The page for an unknown URL. */
export function NotFound() {
  const { t } = useI18n();
  return (
    <EmptyState
      icon={<CircleOff aria-hidden className="size-8" strokeWidth={1.5} />}
      isPage
      title={t('error.notFound.title')}
      text={t('error.notFound.text')}
      action={
        <Button asChild>
          <Link href="/">{t('error.toHome')}</Link>
        </Button>
      }
    />
  );
}

/** Placeholder rows of a list that is loading. */
export function RowSkeletons({ count = 8 }: { readonly count?: number }) {
  return (
    <div className="flex flex-col">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex h-12 items-center gap-4 border-b px-4">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="h-4 w-16" />
        </div>
      ))}
    </div>
  );
}
