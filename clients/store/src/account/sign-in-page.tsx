import { LoginDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Notice, TextField, TextLink } from '@souk/ui';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { AccountFrame } from './account-frame.tsx';
import { useSignIn } from './use-sign-in.ts';

/** A form for email and password, with links to the other ways to sign in. */
export function SignInForm() {
  const { t } = useI18n();
  const { http } = useSouk();
  const textOf = useProblemText();
  const { enter } = useSignIn();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (input) => {
    const outcome = await perform(http, LoginDocument, { input });
    if (outcome.kind === 'done' && (await enter(outcome.payload))) return;
    setProblem(outcome.kind === 'refused' ? t('account.refused') : textOf(outcome));
  });
  const required = (field: string) => ({ required: t('checkout.required', { field }) });
  return (
    <AccountFrame title={t('account.signIn')}>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <TextField
          label={t('checkout.email')}
          type="email"
          autoComplete="username"
          dir="ltr"
          error={errors.email?.message}
          {...form.register('email', required(t('checkout.email')))}
        />
        <TextField
          label={t('account.password')}
          type="password"
          autoComplete="current-password"
          dir="ltr"
          error={errors.password?.message}
          {...form.register('password', required(t('account.password')))}
        />
        <Button kind="primary" type="submit" loading={isSubmitting}>
          {t('account.signIn')}
        </Button>
      </form>
      <ul className="flex flex-col gap-2 text-14">
        {(['link', 'forgot', 'register'] as const).map((way) => (
          <li key={way}>
            <TextLink asChild>
              <Link href={`/account/${way}`}>{t(`account.to.${way}`)}</Link>
            </TextLink>
          </li>
        ))}
      </ul>
    </AccountFrame>
  );
}
