import { Button, Dialog, TextField } from '@souk/ui';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';

export interface RejectDialogProps {
  readonly number: string;
  readonly onClose: () => void;
  readonly onReject: (reason: string) => void;
}

/** Asks why a return is rejected. */
export function RejectDialog({ number, onClose, onReject }: RejectDialogProps) {
  const { t } = useI18n();
  const { register, handleSubmit, formState } = useForm<{ reason: string }>({ defaultValues: { reason: '' } });
  const submit = handleSubmit(({ reason }) => {
    onClose();
    onReject(reason.trim());
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('returns.reject.title', { number })}
      description={t('returns.reject.text')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="danger" type="submit" form="reject-return">
            {t('returns.reject')}
          </Button>
        </>
      }
    >
      <form id="reject-return" onSubmit={submit} noValidate>
        <TextField
          label={t('order.cancel.reason')}
          error={formState.errors.reason && t('order.refund.reasonRequired')}
          {...register('reason', { validate: (text) => text.trim() !== '' })}
        />
      </form>
    </Dialog>
  );
}
