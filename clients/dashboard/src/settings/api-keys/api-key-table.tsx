import { Button, Table, Td, Th } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { ConfirmDialog } from '../../page/confirm-dialog.tsx';
import { useApiKeyChange, type ListedApiKey } from './use-api-key-change.ts';

export interface ApiKeyTableProps {
  readonly keys: readonly ListedApiKey[];
  readonly mayWrite: boolean;
  /** Called with the new secret after a key is rotated. */
  readonly onSecret: (secret: string | null) => void;
}

/** The table of API keys with their scopes, and buttons to rotate and revoke them. */
export function ApiKeyTable({ keys, mayWrite, onSecret }: ApiKeyTableProps) {
  const { t } = useI18n();
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table label={t('keys.title')}>
        <thead>
          <tr>
            <Th className="ps-4">{t('keys.name')}</Th>
            <Th className="hidden md:table-cell">{t('keys.scopes')}</Th>
            <Th className="hidden sm:table-cell">{t('keys.column.expires')}</Th>
            <Th className="hidden lg:table-cell">{t('keys.column.used')}</Th>
            {mayWrite && (
              <Th className="pe-4 text-end">
                <span className="sr-only">{t('action.menu')}</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <ApiKeyRow key={key.id} apiKey={key} mayWrite={mayWrite} onSecret={onSecret} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

interface ApiKeyRowProps extends Pick<ApiKeyTableProps, 'mayWrite' | 'onSecret'> {
  readonly apiKey: ListedApiKey;
}

function ApiKeyRow({ apiKey, mayWrite, onSecret }: ApiKeyRowProps) {
  const { t, date, ago } = useI18n();
  const [now] = useState(Date.now);
  const { name, hint, scopes, allowedAddresses, expiresAt, lastUsedAt } = apiKey;
  const expiry = Date.parse(expiresAt) > now ? date(expiresAt) : t('members.expired');
  return (
    <tr className="last:*:border-b-0">
      <Td className="max-w-32 ps-4 sm:max-w-none">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-ink-3">souk_…{hint}</p>
        <p className="text-ink-3 sm:hidden">{t('keys.until', { date: expiry })}</p>
      </Td>
      <Td className="hidden max-w-72 text-ink-2 md:table-cell">
        <p>{scopes.join(', ')}</p>
        {allowedAddresses.length > 0 && <p className="text-ink-3">{allowedAddresses.join(', ')}</p>}
      </Td>
      <Td className="hidden text-ink-2 sm:table-cell">{expiry}</Td>
      <Td className="hidden text-ink-2 lg:table-cell">{lastUsedAt === null ? t('keys.unused') : ago(lastUsedAt)}</Td>
      {mayWrite && (
        <Td className="pe-4">
          <ApiKeyActions apiKey={apiKey} onSecret={onSecret} />
        </Td>
      )}
    </tr>
  );
}

function ApiKeyActions({ apiKey, onSecret }: Pick<ApiKeyRowProps, 'apiKey' | 'onSecret'>) {
  const { t } = useI18n();
  const [asked, setAsked] = useState<'rotate' | 'revoke' | null>(null);
  const change = useApiKeyChange();
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {(['rotate', 'revoke'] as const).map((kind) => (
        <Button key={kind} size="small" disabled={change.isPending} onClick={() => setAsked(kind)}>
          {t(`keys.${kind}`)}
        </Button>
      ))}
      {asked && (
        <ConfirmDialog
          open
          title={t(`keys.${asked}.title`, { name: apiKey.name })}
          description={t(`keys.${asked}.text`)}
          confirm={t(`keys.${asked}`)}
          onClose={() => setAsked(null)}
          onConfirm={() => change.mutate({ kind: asked, key: apiKey }, { onSuccess: onSecret })}
        />
      )}
    </div>
  );
}
