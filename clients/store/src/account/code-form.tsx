import { LoginVerifyDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Notice, TextField } from '@souk/ui';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { useSignIn } from './use-sign-in.ts';

export interface CodeFormProps {
  /** The token of the challenge that the login returned. */
  readonly challenge: string;
  readonly onSignedIn: () => void;
  /** Called with an error text when the challenge has expired, and with null when the customer goes back. */
  readonly onBack: (problem: string | null) => void;
}

/** The second step of a sign-in: a code of the authenticator app, or a recovery code. */
export function CodeForm({ challenge, onSignedIn, onBack }: CodeFormProps) {
  const { t } = useI18n();
  const { http } = useSouk();
  const textOf = useProblemText();
  const { enter } = useSignIn();
  const [problem, setProblem] = useState<string | null>(null);
  const [isRecovery, setRecovery] = useState(false);
  const form = useForm({ defaultValues: { code: '' } });
  const { setFocus } = form;
  useEffect(() => setFocus('code'), [setFocus, isRecovery]);
  const submit = form.handleSubmit(async ({ code }) => {
    setProblem(null);
    const outcome = await perform(http, LoginVerifyDocument, { input: { challenge, code: code.trim() } });
    if (outcome.kind === 'done' && (await enter(outcome.payload))) return onSignedIn();
    const text = textOf(outcome);
    if (outcome.kind !== 'refused') return setProblem(text);
    if (outcome.refusals[0].code === 'CHALLENGE_INVALID') return onBack(text);
    form.setError('code', { message: text }, { shouldFocus: true });
  });
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <TextField
        label={t('code.label')}
        help={t(isRecovery ? 'code.recovery.help' : 'code.help')}
        error={form.formState.errors.code?.message}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        inputMode={isRecovery ? 'text' : 'numeric'}
        maxLength={40}
        dir="ltr"
        {...form.register('code', {
          validate: (text) => text.trim() !== '' || t('checkout.required', { field: t('code.label') }),
        })}
      />
      <Button kind="primary" type="submit" loading={form.formState.isSubmitting}>
        {t('account.signIn')}
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
