import { CustomerVerifyDocument, LoginLinkUseDocument, PasswordResetDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Notice, TextField, TextLink } from '@souk/ui';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link, useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { AccountFrame } from './account-frame.tsx';
import { CodeForm } from './code-form.tsx';
import { useSignIn, type SignedIn } from './use-sign-in.ts';

/** The purpose of the link in an email that the shop sent. */
export type LinkPurpose = 'verify' | 'reset' | 'login';

const PASSWORD_LENGTH = 12;

/**
 * Redeems the link of an email, and signs in. The page waits for a click, because mail scanners also open links and
 * would redeem a single-use link.
 */
export function LinkPage({ purpose }: { readonly purpose: LinkPurpose }) {
  const { t } = useI18n();
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'));
  // Removes the token from the URL, so it does not stay in the browser history.
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  return (
    <AccountFrame title={t(`account.${purpose}`)}>
      {token === null ? (
        <Notice tone="warn">{t('account.noToken')}</Notice>
      ) : (
        <Redeem purpose={purpose} token={token} />
      )}
    </AccountFrame>
  );
}

function Redeem({ purpose, token }: { readonly purpose: LinkPurpose; readonly token: string }) {
  const { t } = useI18n();
  const textOf = useProblemText();
  const redeem = useRedeem(purpose, token);
  const { enter } = useSignIn();
  const [, navigate] = useLocation();
  const [challenge, setChallenge] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({ defaultValues: { password: '' } });
  const submit = form.handleSubmit(async ({ password }) => {
    const outcome = await redeem(password);
    const asked = outcome.kind === 'done' ? challengeOf(outcome.payload) : null;
    if (asked !== null) return setChallenge(asked);
    if (outcome.kind === 'done' && (await enter(outcome.payload))) return navigate('/account');
    return setProblem(textOf(outcome));
  });
  const isShort = form.formState.errors.password !== undefined;
  if (challenge !== null)
    return (
      <CodeForm
        challenge={challenge}
        onSignedIn={() => navigate('/account')}
        onBack={(text) => {
          if (text === null) return navigate('/account');
          setProblem(text);
          return setChallenge(null);
        }}
      />
    );
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      {problem && (
        <Notice tone="bad">
          {problem}{' '}
          <TextLink asChild>
            <Link href="/account">{t('account.signIn')}</Link>
          </TextLink>
        </Notice>
      )}
      {purpose !== 'login' && (
        <TextField
          label={t('account.newPassword')}
          type="password"
          autoComplete="new-password"
          dir="ltr"
          help={t('account.passwordHelp')}
          error={isShort ? t('account.passwordHelp') : undefined}
          {...form.register('password', { required: true, minLength: PASSWORD_LENGTH })}
        />
      )}
      <Button kind="primary" type="submit" loading={form.formState.isSubmitting}>
        {t('account.signIn')}
      </Button>
    </form>
  );
}

/** The token of the challenge of an account with an authenticator app. Null when the login needs no code. */
function challengeOf(payload: SignedIn & { readonly challenge?: { readonly token: string } | null }): string | null {
  return payload.challenge?.token ?? null;
}

function useRedeem(purpose: LinkPurpose, token: string) {
  const { http } = useSouk();
  return (password: string) => {
    switch (purpose) {
      case 'verify':
        return perform(http, CustomerVerifyDocument, { input: { token, password } });
      case 'reset':
        return perform(http, PasswordResetDocument, { input: { token, password } });
      case 'login':
        return perform(http, LoginLinkUseDocument, { input: { token } });
    }
  };
}
