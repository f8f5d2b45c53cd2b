import { CustomerRegisterDocument, LoginLinkRequestDocument, PasswordResetRequestDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Notice, TextField } from '@souk/ui';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { AccountFrame } from './account-frame.tsx';

/** The email to request: to open an account, to sign in, or to choose a new password. */
export type MailPurpose = 'register' | 'link' | 'forgot';

/**
 * Requests an email with a link. The response is the same for every email address, so it does not reveal whether an
 * account exists.
 */
export function MailRequestPage({ purpose }: { readonly purpose: MailPurpose }) {
  const { t } = useI18n();
  const request = useRequest(purpose);
  const textOf = useProblemText();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({ defaultValues: { email: '' } });
  const submit = form.handleSubmit(async ({ email }) => {
    const outcome = await request(email.trim());
    if (outcome.kind === 'done') setSentTo(email.trim());
    else setProblem(textOf(outcome));
  });
  if (sentTo !== null)
    return (
      <AccountFrame title={t('account.sent')}>
        <p className="text-16 text-ink-2">{t('account.sentText', { email: sentTo })}</p>
      </AccountFrame>
    );
  return (
    <AccountFrame title={t(`account.to.${purpose}`)}>
      <p className="text-14 text-ink-2">{t(`account.${purpose}.text`)}</p>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <TextField
          label={t('checkout.email')}
          type="email"
          autoComplete="email"
          dir="ltr"
          error={form.formState.errors.email?.message}
          {...form.register('email', { required: t('checkout.required', { field: t('checkout.email') }) })}
        />
        <Button kind="primary" type="submit" loading={form.formState.isSubmitting}>
          {t('account.send')}
        </Button>
      </form>
    </AccountFrame>
  );
}

function useRequest(purpose: MailPurpose) {
  const { http } = useSouk();
  return (email: string) => {
    switch (purpose) {
      case 'register':
        return perform(http, CustomerRegisterDocument, { input: { email } });
      case 'link':
        return perform(http, LoginLinkRequestDocument, { input: { email } });
      case 'forgot':
        return perform(http, PasswordResetRequestDocument, { input: { email } });
    }
  };
}
