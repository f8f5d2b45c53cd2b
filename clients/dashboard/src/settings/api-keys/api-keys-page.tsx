import { ApiKeyListDocument } from '@souk/sdk';
import { Breadcrumb, Button, EmptyState, TextLink } from '@souk/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { souk } from '../../api/client.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../../page/page-states.tsx';
import { Page } from '../../page/page.tsx';
import { useMay } from '../../session/use-session.ts';
import { ApiKeyTable } from './api-key-table.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';

const PAGE_SIZE = 100;

/** The settings page for API keys. */
export function ApiKeysPage() {
  const { t } = useI18n();
  const mayWrite = useMay()('api-keys:write');
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const found = useApiKeys();
  const keys = found.data?.pages.flatMap((page) => page.apiKeys?.nodes ?? []) ?? [];
  const settings = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/settings">{t('settings.title')}</Link>
    </TextLink>
  );
  const above = (
    <Breadcrumb label={t('settings.title')} parents={[{ key: 'settings', link: settings }]} current={t('keys.title')} />
  );
  const create = mayWrite && (
    <Button kind="primary" onClick={() => setCreating(true)}>
      {t('keys.create')}
    </Button>
  );
  return (
    <Page title={t('keys.title')} above={above} actions={create}>
      {found.isPending && <RowSkeletons count={3} />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && keys.length === 0 && (
        <EmptyState
          icon={<KeyRound aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('keys.empty.title')}
          text={t('keys.text')}
        />
      )}
      {keys.length > 0 && <ApiKeyTable keys={keys} mayWrite={mayWrite} onSecret={setSecret} />}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
      {creating && <CreateKeyDialog onClose={() => setCreating(false)} onSecret={setSecret} />}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}

function useApiKeys() {
  return useInfiniteQuery({
    queryKey: ['api-keys'],
    queryFn: ({ pageParam, signal }) =>
      souk.run(ApiKeyListDocument, { first: PAGE_SIZE, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ apiKeys }) => (apiKeys?.pageInfo.hasNextPage ? apiKeys.pageInfo.endCursor : null),
  });
}
