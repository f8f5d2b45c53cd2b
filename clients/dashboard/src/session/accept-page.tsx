import { SoukError } from '@souk/sdk';
import { Button, Notice, TextField } from '@souk/ui';
import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { Mark } from '../page/mark.tsx';
import { acceptInvitation } from './session-store.ts';

const PASSWORD_LENGTH = 12;

interface NewMember {
  readonly name: string;
  readonly password: string;
}

/** The page behind the link in an invitation. The invited person chooses a password, and is signed in. */
export function AcceptPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [link] = useState(() => new URLSearchParams(location.hash.slice(1)));
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<NewMember>({ defaultValues: { name: '', password: '' } });
  const [token, email, shop] = ['token', 'email', 'shop'].map((name) => link.get(name) ?? '');
  useEffect(() => {
    document.title = `${t('accept.title')} · Souk`;
    // Removes the token from the URL, so it does not stay in the browser history.
    history.replaceState(null, '', location.pathname);
  }, [t]);
  const submit = handleSubmit(async ({ name, password }) => {
    setProblem(null);
    try {
      const refusal = await acceptInvitation({ token: token ?? '', name: name.trim(), password });
      if (refusal) setProblem(refusal.message);
      else go('/');
    } catch (error) {
      setProblem(error instanceof SoukError && error.code !== 'NETWORK_ERROR' ? error.message : t('error.network'));
    }
  });
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken px-4">
      <div className="w-full max-w-sm rounded-card border bg-surface p-6 sm:p-8">
        <Mark className="mb-6" />
        <h1 className="text-22 font-semibold">{t('accept.title')}</h1>
        {token ? (
          <>
            <p className="mt-1 mb-6 text-14 break-words text-ink-2">{t('accept.text', { shop: shop ?? '' })}</p>
            <form onSubmit={submit} noValidate className="flex flex-col gap-4">
              {problem && (
                <Notice tone="bad" icon={<CircleAlert aria-hidden className="mt-0.5 size-4" strokeWidth={1.75} />}>
                  {problem}
                </Notice>
              )}
              <TextField label={t('signIn.email')} type="email" autoComplete="username" value={email} readOnly />
              <TextField label={t('accept.name')} autoComplete="name" {...register('name')} />
              <TextField
                label={t('signIn.password')}
                type="password"
                autoComplete="new-password"
                help={t('accept.passwordHelp')}
                error={formState.errors.password && t('accept.passwordHelp')}
                {...register('password', { minLength: PASSWORD_LENGTH, required: true })}
              />
              <Button kind="primary" type="submit" loading={formState.isSubmitting} className="mt-2">
                {t('accept.submit')}
              </Button>
            </form>
          </>
        ) : (
          <Notice tone="warn">{t('accept.noToken')}</Notice>
        )}
      </div>
    </main>
  );
}
