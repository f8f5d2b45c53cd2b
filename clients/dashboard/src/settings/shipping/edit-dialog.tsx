import { Button, Dialog, Notice } from '@souk/ui';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { ConflictNotice } from '../../page/conflict-notice.tsx';

export interface EditDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly editing: {
    readonly save: { readonly isPending: boolean; readonly error: Error | null };
    readonly theirs: object | null;
    readonly keepMine: () => void;
    readonly takeTheirs: () => void;
  };
  readonly children: ReactNode;
}

/** The frame of the dialogs for shipping methods and zones: refusals, conflicts, and the buttons. */
export function EditDialog({ title, onClose, onSubmit, editing, children }: EditDialogProps) {
  const { t } = useI18n();
  const { save, theirs, keepMine, takeTheirs } = editing;
  return (
    <Dialog
      open
      shape="wide"
      onOpenChange={(open) => !open && onClose()}
      title={title}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" loading={save.isPending} disabled={theirs !== null} onClick={onSubmit}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {theirs && <ConflictNotice text={t('shipping.conflict')} onKeepMine={keepMine} onTakeTheirs={takeTheirs} />}
        {save.error && !theirs && <Notice tone="bad">{save.error.message}</Notice>}
        {children}
      </div>
    </Dialog>
  );
}
