import { SoukError } from '@souk/sdk';
import { Button, Notice } from '@souk/ui';
import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { Mark } from '../page/mark.tsx';
import { confirmEmail } from './session-store.ts';

/**
 * The page behind the link in the mail to the owner of a new shop. The owner confirms with a button, because programs that check mails open
 * links too.
 */
export function ConfirmPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [link] = useState(() => new URLSearchParams(location.hash.slice(1)));
  const [problem, setProblem] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [token, email, shop] = ['token', 'email', 'shop'].map((name) => link.get(name) ?? '');
  useEffect(() => {
    document.title = `${t('confirm.title')} · Souk`;
    // Removes the token from the URL, so it does not stay in the browser history.
    history.replaceState(null, '', location.pathname);
  }, [t]);
  const confirm = async () => {
    setProblem(null);
    setLoading(true);
    try {
      const refusal = await confirmEmail(token ?? '');
      if (refusal) setProblem(refusal.message);
      else go('/');
    } catch (error) {
      setProblem(error instanceof SoukError && error.code !== 'NETWORK_ERROR' ? error.message : t('error.network'));
    } finally {
      setLoading(false);
    }
  };
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken px-4">
      <div className="w-full max-w-sm rounded-card border bg-surface p-6 sm:p-8">
        <Mark className="mb-6" />
        <h1 className="text-22 font-semibold">{t('confirm.title')}</h1>
        {token ? (
          <div className="mt-1 flex flex-col gap-4">
            <p className="text-14 break-words text-ink-2">
              {t('confirm.text', { email: email ?? '', shop: shop ?? '' })}
            </p>
            {problem && (
              <Notice tone="bad" icon={<CircleAlert aria-hidden className="mt-0.5 size-4" strokeWidth={1.75} />}>
                {problem}
              </Notice>
            )}
            <Button kind="primary" type="button" loading={isLoading} onClick={() => void confirm()}>
              {t('confirm.submit')}
            </Button>
          </div>
        ) : (
          <Notice tone="warn">{t('accept.noToken')}</Notice>
        )}
      </div>
    </main>
  );
}
