import { Button, Dialog } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description: string;
  readonly confirm: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** A dialog that asks for confirmation before an irreversible action. */
export function ConfirmDialog({ open, title, description, confirm, onClose, onConfirm }: ConfirmDialogProps) {
  const { t } = useI18n();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={title}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            kind="danger"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <p className="text-14">{description}</p>
    </Dialog>
  );
}
