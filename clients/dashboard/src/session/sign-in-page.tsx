import { SoukError } from '@souk/sdk';
import { Button, Notice, TextField } from '@souk/ui';
import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { Mark } from '../page/mark.tsx';
import { signIn } from './session-store.ts';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export function SignInPage() {
  const { t } = useI18n();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<Credentials>({ defaultValues: { email: '', password: '' } });
  useEffect(() => {
    document.title = `${t('signIn.title')} · Souk`;
  }, [t]);
  const submit = handleSubmit(async ({ email, password }) => {
    setProblem(null);
    try {
      const refusal = await signIn(email.trim(), password);
      if (!refusal) return;
      const isTooMany = refusal.__typename === 'TooManyAttemptsError';
      setProblem(isTooMany ? t('signIn.tooMany', { seconds: refusal.retryAfterSeconds }) : t('signIn.refused'));
    } catch (error) {
      setProblem(error instanceof SoukError && error.code !== 'NETWORK_ERROR' ? error.message : t('error.network'));
    }
  });
  const isMissing = Boolean(formState.errors.email ?? formState.errors.password);
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken px-4">
      <div className="w-full max-w-sm rounded-card border bg-surface p-6 sm:p-8">
        <Mark className="mb-6" />
        <h1 className="text-22 font-semibold">{t('signIn.title')}</h1>
        <p className="mt-1 mb-6 text-14 text-ink-2">{t('signIn.text')}</p>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          {(problem ?? (isMissing && t('signIn.required'))) && (
            <Notice tone="bad" icon={<CircleAlert aria-hidden className="mt-0.5 size-4" strokeWidth={1.75} />}>
              {problem ?? t('signIn.required')}
            </Notice>
          )}
          <TextField
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            {...register('email', { required: true })}
          />
          <TextField
            label={t('signIn.password')}
            type="password"
            autoComplete="current-password"
            {...register('password', { required: true })}
          />
          <Button kind="primary" type="submit" loading={formState.isSubmitting} className="mt-2">
            {t('signIn.submit')}
          </Button>
        </form>
      </div>
    </main>
  );
}
