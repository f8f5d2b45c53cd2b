import { Button, Notice, TextField } from '@souk/ui';
import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { verifyCode } from './session-store.ts';
import { useLoginProblem } from './use-login-problem.ts';

export interface CodeStepProps {
  /** The token of the challenge that the password returned. */
  readonly challenge: string;
  /** Called with the text of a notice when the challenge has expired, and with null when the user goes back. */
  readonly onBack: (notice: string | null) => void;
}

/** The second step of a sign-in: a code of the authenticator app, or a recovery code. */
export function CodeStep({ challenge, onBack }: CodeStepProps) {
  const { t } = useI18n();
  const { thrownText, tooManyText } = useLoginProblem();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState, setError, setFocus } = useForm({ defaultValues: { code: '' } });
  const [isRecovery, setRecovery] = useState(false);
  useEffect(() => setFocus('code'), [setFocus, isRecovery]);
  const submit = handleSubmit(async ({ code }) => {
    setProblem(null);
    try {
      const step = await verifyCode(challenge, code.trim());
      if (step.kind === 'signedIn') return;
      const refusal = step.kind === 'refused' ? step.refusal : null;
      if (refusal?.code === 'CHALLENGE_INVALID') return onBack(t('code.expired'));
      setError('code', { message: tooManyText(refusal) ?? t('code.wrong') }, { shouldFocus: true });
    } catch (error) {
      setProblem(thrownText(error));
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {problem && (
        <Notice tone="bad" icon={<CircleAlert aria-hidden className="mt-0.5 size-4" strokeWidth={1.75} />}>
          {problem}
        </Notice>
      )}
      <TextField
        label={t('code.label')}
        help={t(isRecovery ? 'code.recovery.help' : 'code.help')}
        error={formState.errors.code?.message}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        inputMode={isRecovery ? 'text' : 'numeric'}
        {...register('code', { validate: (text) => text.trim() !== '' || t('code.required') })}
      />
      <Button kind="primary" type="submit" loading={formState.isSubmitting} className="mt-2">
        {t('code.submit')}
      </Button>
      <Button kind="quiet" type="button" onClick={() => setRecovery(!isRecovery)}>
        {t(isRecovery ? 'code.useApp' : 'code.useRecovery')}
      </Button>
      <Button kind="quiet" type="button" onClick={() => onBack(null)}>
        {t('code.back')}
      </Button>
    </form>
  );
}
