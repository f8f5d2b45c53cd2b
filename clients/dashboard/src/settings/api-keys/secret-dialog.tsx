import { Button, Dialog } from '@souk/ui';
import { useI18n } from '../../i18n/use-i18n.ts';

export interface SecretDialogProps {
  readonly secret: string;
  readonly onClose: () => void;
}

/** A dialog that shows the secret of an API key. The server does not show it again. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const { t } = useI18n();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('keys.secret.title')}
      description={t('keys.secret.text')}
      close={t('action.close')}
      actions={
        <>
          {'clipboard' in navigator && (
            <Button onClick={() => void navigator.clipboard.writeText(secret)}>{t('keys.secret.copy')}</Button>
          )}
          <Button kind="primary" onClick={onClose}>
            {t('keys.secret.done')}
          </Button>
        </>
      }
    >
      <p className="rounded-control bg-sunken p-3 font-mono text-14 break-all select-all">{secret}</p>
    </Dialog>
  );
}
