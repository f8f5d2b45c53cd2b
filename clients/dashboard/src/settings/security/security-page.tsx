import { MfaDocument } from '@souk/sdk';
import { Breadcrumb, Skeleton, TextLink } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { souk } from '../../api/client.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { LoadError } from '../../page/page-states.tsx';
import { Page } from '../../page/page.tsx';
import { RecoveryCodesCard } from './recovery-codes-card.tsx';
import { StatusCard } from './status-card.tsx';
import { TurnOnCard } from './turn-on-card.tsx';

/** The settings page for the authenticator app of the signed-in staff member. */
export function SecurityPage() {
  const { t } = useI18n();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const found = useQuery({ queryKey: ['mfa'], queryFn: ({ signal }) => souk.run(MfaDocument, {}, { signal }) });
  const settings = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/settings">{t('settings.title')}</Link>
    </TextLink>
  );
  const above = (
    <Breadcrumb
      label={t('settings.title')}
      parents={[{ key: 'settings', link: settings }]}
      current={t('security.title')}
    />
  );
  const showCodes = (created: readonly string[]) => {
    setCodes(created);
    void found.refetch();
  };
  const mfa = found.data?.mfa;
  return (
    <Page title={t('security.title')} above={above}>
      <div className="flex max-w-xl flex-col gap-4">
        {found.isPending && <Skeleton className="h-40" />}
        {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
        {codes && <RecoveryCodesCard codes={codes} onDone={() => setCodes(null)} />}
        {found.data && !codes && !mfa && <TurnOnCard onCodes={showCodes} />}
        {mfa && !codes && <StatusCard mfa={mfa} onCodes={showCodes} onOff={() => void found.refetch()} />}
      </div>
    </Page>
  );
}
