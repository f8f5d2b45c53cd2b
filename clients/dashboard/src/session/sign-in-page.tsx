import { Button, Notice, TextField } from '@souk/ui';
import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { Mark } from '../page/mark.tsx';
import { CodeStep } from './code-step.tsx';
import { signIn } from './session-store.ts';
import { useLoginProblem } from './use-login-problem.ts';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The sign-in page. An account with an authenticator app has a second step, which asks for a code. */
export function SignInPage() {
  const { t } = useI18n();
  const [challenge, setChallenge] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const title = t(challenge === null ? 'signIn.title' : 'code.title');
  useEffect(() => {
    document.title = `${title} · Souk`;
  }, [title]);
  const back = (text: string | null) => {
    setChallenge(null);
    setNotice(text);
  };
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken px-4">
      <div className="w-full max-w-sm rounded-card border bg-surface p-6 sm:p-8">
        <Mark className="mb-6" />
        <h1 className="text-22 font-semibold">{title}</h1>
        <p className="mt-1 mb-6 text-14 text-ink-2">{t(challenge === null ? 'signIn.text' : 'code.text')}</p>
        {challenge === null ? (
          <PasswordStep notice={notice} onChallenge={setChallenge} />
        ) : (
          <CodeStep challenge={challenge} onBack={back} />
        )}
      </div>
    </main>
  );
}

interface PasswordStepProps {
  /** A text above the form. */
  readonly notice: string | null;
  /** Called with the token of the challenge of an account with an authenticator app. */
  readonly onChallenge: (challenge: string) => void;
}

function PasswordStep({ notice, onChallenge }: PasswordStepProps) {
  const { t } = useI18n();
  const { thrownText, tooManyText } = useLoginProblem();
  const [problem, setProblem] = useState(notice);
  const { register, handleSubmit, formState } = useForm<Credentials>({ defaultValues: { email: '', password: '' } });
  const submit = handleSubmit(async ({ email, password }) => {
    setProblem(null);
    try {
      const step = await signIn(email.trim(), password);
      if (step.kind === 'challenge') onChallenge(step.challenge);
      if (step.kind === 'refused') setProblem(tooManyText(step.refusal) ?? t('signIn.refused'));
    } catch (error) {
      setProblem(thrownText(error));
    }
  });
  const isMissing = Boolean(formState.errors.email ?? formState.errors.password);
  return (
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
  );
}
