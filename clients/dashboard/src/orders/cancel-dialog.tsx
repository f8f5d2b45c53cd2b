import { Button, Dialog, TextField } from '@souk/ui';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ManagedOrder } from './use-order.ts';

export interface CancelDialogProps {
  readonly order: ManagedOrder;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onCancelOrder: (reason: string) => void;
}

export function CancelDialog({ order, open, onClose, onCancelOrder }: CancelDialogProps) {
  const { t } = useI18n();
  const { register, handleSubmit, formState } = useForm<{ reason: string }>({ defaultValues: { reason: '' } });
  const submit = handleSubmit(({ reason }) => {
    onClose();
    onCancelOrder(reason.trim());
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('order.cancel.title', { number: order.number })}
      description={t('order.cancel.text')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('order.cancel.keep')}</Button>
          <Button kind="danger" type="submit" form="cancel-order">
            {t('order.cancel.submit')}
          </Button>
        </>
      }
    >
      <form id="cancel-order" onSubmit={submit} noValidate>
        <TextField
          label={t('order.cancel.reason')}
          error={formState.errors.reason && t('order.refund.reasonRequired')}
          {...register('reason', { validate: (text) => text.trim() !== '' })}
        />
      </form>
    </Dialog>
  );
}
