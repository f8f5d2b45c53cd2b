import { LoginDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Notice, TextField, TextLink } from '@souk/ui';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { AccountFrame } from './account-frame.tsx';
import { CodeForm } from './code-form.tsx';
import { useSignIn } from './use-sign-in.ts';

/** The sign-in form. An account with an authenticator app has a second step, which asks for a code. */
export function SignInForm() {
  const { t } = useI18n();
  const [challenge, setChallenge] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (challenge === null) return <PasswordForm problem={problem} onProblem={setProblem} onChallenge={setChallenge} />;
  const back = (text: string | null) => {
    setProblem(text);
    setChallenge(null);
  };
  return (
    <AccountFrame title={t('code.title')}>
      <CodeForm challenge={challenge} onSignedIn={() => setChallenge(null)} onBack={back} />
    </AccountFrame>
  );
}

interface PasswordFormProps {
  readonly problem: string | null;
  readonly onProblem: (problem: string | null) => void;
  /** Called with the token of the challenge of an account with an authenticator app. */
  readonly onChallenge: (challenge: string) => void;
}

/** A form for email and password, with links to the other ways to sign in. */
function PasswordForm({ problem, onProblem, onChallenge }: PasswordFormProps) {
  const { t } = useI18n();
  const { http } = useSouk();
  const textOf = useProblemText();
  const { enter } = useSignIn();
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (input) => {
    onProblem(null);
    const outcome = await perform(http, LoginDocument, { input });
    if (outcome.kind === 'done' && outcome.payload.challenge) return onChallenge(outcome.payload.challenge.token);
    if (outcome.kind === 'done' && (await enter(outcome.payload))) return;
    onProblem(outcome.kind === 'refused' ? t('account.refused') : textOf(outcome));
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
