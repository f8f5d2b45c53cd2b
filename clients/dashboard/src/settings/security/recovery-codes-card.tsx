import { Button, Card } from '@souk/ui';
import { useI18n } from '../../i18n/use-i18n.ts';
import { saveFile } from '../../imports/download.ts';

export interface RecoveryCodesCardProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** The new recovery codes. The server does not show them again. */
export function RecoveryCodesCard({ codes, onDone }: RecoveryCodesCardProps) {
  const { t } = useI18n();
  const text = codes.join('\n');
  return (
    <Card title={t('security.codes')}>
      <p className="mb-4 text-14 text-ink-2">{t('security.codes.text')}</p>
      <ul className="mb-4 grid gap-x-6 gap-y-1 rounded-control bg-sunken p-3 font-mono text-14 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        {'clipboard' in navigator && (
          <Button onClick={() => void navigator.clipboard.writeText(text)}>{t('security.copy')}</Button>
        )}
        <Button onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), 'recovery-codes.txt')}>
          {t('security.download')}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {t('security.done')}
        </Button>
      </div>
    </Card>
  );
}
